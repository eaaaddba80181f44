"""`download`: the weights of an encoder, or the catalog fashion-small."""

import shlex
from typing import Annotated

import typer

from prodsim.catalog import FASHION_SMALL, fetch_fashion_small, read_catalog
from prodsim.cli import console
from prodsim.cli.options import CacheDirOption, OfflineOption, WeightsDirOption
from prodsim.cli.progress import download_bar
from prodsim.config import Settings, load_settings
from prodsim.encoders import REGISTRY, EncoderSpec, fetch_preset, fetch_weights

DOWNLOADS = (FASHION_SMALL, *(name for name, spec in REGISTRY.items() if spec.weights or spec.preset))


def _known(name: str) -> str:
    if name not in DOWNLOADS:
        raise typer.BadParameter(f"{name!r} cannot be downloaded. Choose one of: {', '.join(DOWNLOADS)}.")
    return name


def download(
    name: Annotated[str, typer.Argument(callback=_known, help=f"One of: {', '.join(DOWNLOADS)}.")],
    cache_dir: CacheDirOption = None,
    weights_dir: WeightsDirOption = None,
    offline: OfflineOption = None,
) -> None:
    """Fetch a catalog or the weights of an encoder.

    Prints where they are; fetches nothing that is on disk.
    """
    settings = load_settings().replace(cache_dir=cache_dir, weights_dir=weights_dir, offline=offline)
    if name == FASHION_SMALL:
        _catalog(settings)
    else:
        _weights(REGISTRY[name], settings)


def _catalog(settings: Settings) -> None:
    folder = fetch_fashion_small(settings)
    products = len(read_catalog(folder))
    console.line(str(folder))
    console.note(f"{products:,} products. To use them: export PRODSIM_CATALOG={shlex.quote(str(folder))}")


def _weights(spec: EncoderSpec, settings: Settings) -> None:
    if spec.preset:
        found = fetch_preset(spec, settings)  # kagglehub draws bars of its own
    else:
        with download_bar(f"Weights of {spec.name}") as on_progress:
            found = fetch_weights(spec, settings, on_progress)
    console.line(str(found.path))
    if not found.published:
        console.note(f"{found.path} was there before and is not the published file. Remove it to download that one.")
