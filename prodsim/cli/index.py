"""`index`: embed what is new in a catalog."""

from pathlib import Path
from typing import Annotated

import typer

from prodsim.cli import console
from prodsim.cli.files import refuse_own_files
from prodsim.cli.options import (
    CacheDirOption,
    CatalogOption,
    EncoderOption,
    OfflineOption,
    RoleOption,
    WeightsDirOption,
    output,
)
from prodsim.cli.prepare import choose_encoder, open_products, read_settings, run_index
from prodsim.export import write_vectors
from prodsim.index import Skipped, open_index

SKIPPED_SHOWN = 5


def index(
    export: Annotated[
        Path | None,
        typer.Option("--export", parser=output, metavar="FILE", help="Write the embeddings as Parquet as well."),
    ] = None,
    catalog: CatalogOption = None,
    role: RoleOption = None,
    encoder: EncoderOption = None,
    cache_dir: CacheDirOption = None,
    weights_dir: WeightsDirOption = None,
    offline: OfflineOption = None,
) -> None:
    """Embed the pictures that are new.

    Ctrl-C stops; the next run goes on from there.
    """
    settings = read_settings(
        catalog=catalog,
        roles=role or None,
        encoder=encoder,
        cache_dir=cache_dir,
        weights_dir=weights_dir,
        offline=offline,
    )
    products = open_products(settings)
    refuse_own_files([export], products, settings.catalog)
    chosen = choose_encoder(encoder, settings)
    progress = run_index(products, chosen, settings)
    console.line(
        f"{progress.done:,} of {progress.total:,} pictures of {products.name} are indexed by {chosen.spec.name}."
    )
    if changes := progress.changes:
        console.line(
            f"Since it was last indexed: {changes.added:,} added, {changes.changed:,} changed, "
            f"{changes.removed:,} removed."
        )
    if progress.skipped:
        _report(progress.skipped)
    if export:
        number = write_vectors(open_index(products, chosen, settings, progress.skipped), export)
        console.line(f"{number:,} embeddings are in {export}.")


def _report(skipped: tuple[Skipped, ...]) -> None:
    console.note(f"Pictures skipped: {len(skipped):,}")
    for one in skipped[:SKIPPED_SHOWN]:
        console.detail(f"{one.product_id}: {one.reason}")
    if len(skipped) > SKIPPED_SHOWN:
        console.detail(f"and {len(skipped) - SKIPPED_SHOWN:,} more")
