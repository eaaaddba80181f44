"""`fetch`: the pictures that a table names by address, into a folder that is a catalog then."""

import os
import shlex
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from prodsim.catalog import FETCHING, MAX_BYTES, MAX_PICTURES, Failure, Fetched, addressed, fetch, hosts_of
from prodsim.cli import console
from prodsim.cli.options import OfflineOption, path
from prodsim.cli.progress import fetch_bar
from prodsim.config import Settings, load_settings
from prodsim.errors import CatalogError
from prodsim.storage import size_of, write_whole

HOSTS_SHOWN, REASONS_SHOWN = 3, 10


def fetch_pictures(
    table: Annotated[Path, typer.Argument(parser=path, metavar="TABLE", help="A shop's export.")],
    folder: Annotated[Path, typer.Argument(parser=path, metavar="FOLDER", help="Where the catalog is to be.")],
    yes: Annotated[bool, typer.Option("--yes", help="Begin without a question.")] = False,
    offline: OfflineOption = None,
) -> None:
    """Fetch the pictures that a table names by address (http, https).

    The folder is a catalog then: a copy of the table, and images. Ctrl-C stops; the next run goes on from there.
    """
    settings = load_settings().replace(offline=offline)
    content = _content(table)
    addresses = addressed(table.name, content).addresses
    if not addresses:
        raise CatalogError(
            f"No column of {table} names pictures by address (http, https), so there is nothing to fetch."
        )
    missing = _is_missing(table.name, content, folder)
    if not (yes or settings.offline):
        _ask(addresses)
    outcome = _fetch(addresses, folder, settings)
    if missing and outcome.done:
        write_whole(folder / table.name, [content])
    console.line(f"{outcome.done:,} of {outcome.total:,} pictures are in {folder / 'images'}.")
    _report(outcome.failures)
    if not outcome.done:
        raise CatalogError("None of the pictures could be fetched, so there is no catalog. Look at the reasons above.")
    console.note(f"To use them: python -m prodsim index --catalog {shlex.quote(str(folder))}")


def _content(table: Path) -> bytes:
    """The bytes of a table. CatalogError if it cannot be read, or is too large."""
    try:
        if size_of(table) <= MAX_BYTES:
            return table.read_bytes()
    except OSError as error:
        raise CatalogError(f"The table {table} cannot be read: {error.strerror}. Check the path.") from error
    raise CatalogError(f"{table} has more than {MAX_BYTES >> 20} MB. Give a table of fewer rows or columns.")


def _is_missing(name: str, content: bytes, folder: Path) -> bool:
    """Whether the table is to be copied into the folder. CatalogError if something else is there."""
    copy = folder / name
    try:
        others = {*os.listdir(folder)} - {"images", FETCHING, name} if folder.exists() else set()
        known = copy.read_bytes() == content if copy.exists() else None
    except OSError as error:
        raise CatalogError(f"The folder {folder} cannot be read: {error.strerror}. Choose another one.") from error
    if known is False or (known is None and others):
        raise CatalogError(f"{folder} holds something else already. Choose a new folder, or an empty one.")
    return not known


def _ask(addresses: Sequence[str]) -> None:
    """Exit 1 unless the user says yes."""
    hosts = hosts_of(addresses)
    named = ", ".join(hosts[:HOSTS_SHOWN]) + (", ..." if len(hosts) > HOSTS_SHOWN else "")
    console.note(
        f"{len(addresses):,} pictures of {len(hosts):,} host{'s'[: len(hosts) != 1]} ({named}) are to be fetched; at "
        f"most {MAX_PICTURES:,} are."
    )
    try:
        if typer.confirm("Fetch them?", err=True):
            return
    except typer.Abort:  # nobody is there to answer
        pass
    console.note("Nothing was fetched. With --yes it begins without a question.")
    raise typer.Exit(1)


def _fetch(addresses: Sequence[str], folder: Path, settings: Settings) -> Fetched:
    """How it ended, with progress on stderr. Ctrl-C ends the program with 130."""
    outcome = Fetched(0, len(addresses))
    steps = fetch(addresses, folder, settings)
    try:
        with fetch_bar() as show, closing(steps):
            for outcome in steps:
                show(outcome)
    except KeyboardInterrupt as interrupt:
        console.note(
            f"Stopped; what was fetched is kept ({outcome.done:,} of {outcome.total:,} pictures). "
            "The same command goes on from there."
        )
        raise typer.Exit(130) from interrupt
    return outcome


def _report(failures: Sequence[Failure]) -> None:
    """The reasons, most frequent first, each with how many pictures and one of them."""
    if not failures:
        return
    console.note(f"Pictures that could not be fetched: {len(failures):,}; the same command tries them again")
    by_reason: dict[str, list[str]] = defaultdict(list)
    for failure in failures:
        by_reason[failure.reason].append(failure.address)
    reasons = sorted(by_reason, key=lambda reason: -len(by_reason[reason]))
    for reason in reasons[:REASONS_SHOWN]:
        console.detail(f"{len(by_reason[reason]):,}: {reason}, for example {by_reason[reason][0]}")
    if len(reasons) > REASONS_SHOWN:
        console.detail(f"and {len(reasons) - REASONS_SHOWN:,} more reasons")
