"""Options that several commands share. Each overrides one environment variable, see `prodsim.config`."""

import os
from pathlib import Path
from typing import Annotated

import typer


def path(value: str) -> Path:
    """A path as an argument; the empty one, which would mean the current folder, is refused."""
    if not value:
        raise typer.BadParameter("the path is empty.")
    return Path(value)


def output(value: str) -> Path:
    """A file to write, refused before anything is done if it cannot be."""
    chosen = path(value)
    if os.path.isdir(chosen):  # unlike Path.is_dir, False also for a name that no file can have
        raise typer.BadParameter(f"{chosen} is a folder. Give the name of a file.")
    if not os.path.isdir(chosen.parent):
        raise typer.BadParameter(f"there is no folder {chosen.parent}. Make it first, or choose another place.")
    return chosen


CatalogOption = Annotated[
    Path | None,
    typer.Option(
        "--catalog", parser=path, metavar="PATH", help="Folder, ZIP or table [PRODSIM_CATALOG, or else the demo]."
    ),
]
RoleOption = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        metavar="ROLE=COLUMN",
        help="What a column of the table is: type=Category; color= for none. Repeatable [PRODSIM_ROLES].",
    ),
]
CacheDirOption = Annotated[
    Path | None,
    typer.Option("--cache-dir", parser=path, metavar="PATH", help="Where embeddings are kept [PRODSIM_CACHE_DIR]."),
]
WeightsDirOption = Annotated[
    Path | None,
    typer.Option("--weights-dir", parser=path, metavar="PATH", help="Where weights are [PRODSIM_WEIGHTS_DIR]."),
]
EncoderOption = Annotated[
    str | None,
    typer.Option("--encoder", metavar="NAME", help="See the command `encoders` [PRODSIM_ENCODER, or else vgg16]."),
]
OfflineOption = Annotated[
    bool | None, typer.Option("--offline", help="Download nothing [PRODSIM_OFFLINE].", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
CsvOption = Annotated[
    Path | None,
    typer.Option("--csv", parser=output, metavar="FILE", help="Write the results as CSV as well."),
]
ReportOption = Annotated[
    Path | None,
    typer.Option("--report", parser=output, metavar="FILE", help="Write an HTML page with pictures as well."),
]
