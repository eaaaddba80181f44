"""Options that several commands share. Each overrides one environment variable, see `prodsim.config`."""

from pathlib import Path
from typing import Annotated

import typer


def path(value: str) -> Path:
    """A path as an argument; the empty one, which would mean the current folder, is refused."""
    if not value:
        raise typer.BadParameter("the path is empty.")
    return Path(value)


CatalogOption = Annotated[
    Path | None,
    typer.Option("--catalog", parser=path, metavar="PATH", help="Folder or ZIP [PRODSIM_CATALOG, or else the demo]."),
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
