"""`cache`: what is kept on disk, and what of it nobody needs any more."""

import sys
from typing import Annotated

import typer

from prodsim.cli import console
from prodsim.cli.options import CacheDirOption, CatalogOption, JsonOption, WeightsDirOption
from prodsim.config import load_settings
from prodsim.storage import to_json
from prodsim.upkeep import Inventory, look
from prodsim.upkeep import clean as clean_up


def cache(
    clean: Annotated[bool, typer.Option("--clean", help="Remove what nobody needs any more.")] = False,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Count as needless also what is of no catalog of the app, nor of --catalog."),
    ] = False,
    as_json: JsonOption = False,
    catalog: CatalogOption = None,
    cache_dir: CacheDirOption = None,
    weights_dir: WeightsDirOption = None,
) -> None:
    """Show what is kept on disk, and what of it nobody needs.

    Needless are: what deleted catalogs left, unpacked ZIPs that are gone or changed, what was set aside as damaged, and
    what was left unfinished. Weights stay.
    """
    settings = load_settings().replace(catalog=catalog, cache_dir=cache_dir, weights_dir=weights_dir)
    found = look(settings, everything=everything)
    before = found.bytes
    failed = clean_up(settings, everything=everything) if clean else []
    if clean:
        found = look(settings, everything=everything)
    removed = max(before - found.bytes, 0)
    if as_json:
        sys.stdout.write(to_json(_document(found, removed)))
    else:
        _show(found)
        if clean:
            console.line(f"Removed {_mb(removed)} MB.")
        elif found.needless_bytes:
            options = "--clean --all" if everything else "--clean"
            console.line(
                f"{_mb(found.needless_bytes)} MB are needless: `python -m prodsim cache {options}` removes them."
            )
    for sentence in (*found.notices, *failed):
        console.note(sentence)
    if failed:
        raise typer.Exit(1)


def _show(found: Inventory) -> None:
    if not found.kept:
        console.line(f"Nothing is kept in {found.cache}.")
    else:
        console.line(f"{found.cache}: {_mb(found.bytes)} MB")
        table = console.table("what", "number", "MB", "needless MB", numbers=("number", "MB", "needless MB"))
        for each in found.kept:
            table.add_row(console.literal(each.what), f"{each.number:,}", _mb(each.bytes), _mb(each.needless_bytes))
        console.show(table)
    for path in found.foreign:
        console.note(f"{path} is none of ours, and stays.")


def _document(found: Inventory, removed: int) -> dict[str, object]:
    return {
        "cache": str(found.cache),
        "bytes": found.bytes,
        "needless_bytes": found.needless_bytes,
        "removed_bytes": removed,
        "kept": [
            {"what": each.what, "number": each.number, "bytes": each.bytes, "needless_bytes": each.needless_bytes}
            for each in found.kept
        ],
        "not_ours": [str(path) for path in found.foreign],
    }


def _mb(size: int) -> str:
    return f"{size / 2**20:,.1f}"
