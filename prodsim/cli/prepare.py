"""What a command needs before it can start: an encoder that can be used, and a catalog that is indexed by it."""

import os
from contextlib import closing
from typing import Any

import typer

from prodsim.catalog import Catalog, open_catalog
from prodsim.cli import console
from prodsim.cli.progress import download_bar, index_bar
from prodsim.config import Settings, load_settings
from prodsim.encoders import Available, Encoder, Unavailable, fallback, require, status
from prodsim.errors import EncoderError, UnknownEncoder
from prodsim.index import Indexed, Progress, index, open_index
from prodsim.runtime import muted_stderr
from prodsim.storage import writable


def read_settings(**options: Any) -> Settings:
    """Settings from the environment and the options; a place for now, with a note, if the cache is read-only."""
    settings, notice = writable(load_settings().replace(**options))
    if notice:
        console.note(notice)
    return settings


def open_products(settings: Settings) -> Catalog:
    """The catalog; a ZIP is unpacked the first time, which may take seconds."""
    with console.stderr().status("Opening the catalog"):
        return open_catalog(settings)


def choose_encoder(named: str | None, settings: Settings) -> Available:
    """The encoder the user named, or else that of the settings, or else the best at hand, with a note.

    EncoderError if the named one cannot be used; UnknownEncoder.
    """
    try:
        encoder = _require(settings.encoder if named is None else named, settings)
    except EncoderError as error:
        if named is not None or isinstance(error, UnknownEncoder):
            raise
        encoder = fallback(settings)
        console.note(f"{error} {encoder.spec.name} is used instead.")
    if encoder.notice:
        console.note(encoder.notice)
    return quiet(encoder)


def quiet(encoder: Available) -> Available:
    """The same encoder, but it loads without TensorFlow's greeting."""
    return _Quiet(encoder.spec, encoder.weights, encoder.fingerprint)


class _Quiet(Available):
    """An encoder that loads without TensorFlow's greeting about missing GPUs, which none of its settings turns off.

    Whoever sets TF_CPP_MIN_LOG_LEVEL sees all of it.
    """

    def load(self) -> Encoder:
        """The encoder itself."""
        if "TF_CPP_MIN_LOG_LEVEL" in os.environ:
            return super().load()
        with muted_stderr():
            return super().load()


def _require(name: str, settings: Settings) -> Available:
    found = status(name, settings)
    if settings.offline or not (isinstance(found, Unavailable) and found.fetchable):
        return require(name, settings)
    with download_bar(f"Weights of {name}") as on_progress:
        return require(name, settings, on_progress)


def run_index(catalog: Catalog, encoder: Available, settings: Settings) -> Progress:
    """Embed what is missing, with progress on stderr; how it ended. Ctrl-C ends the program with 130."""
    steps = index(catalog, encoder, settings)
    progress = Progress(0, len(catalog.images))
    try:
        with index_bar(encoder.spec.name) as show, closing(steps):
            for progress in steps:
                show(progress)
    except KeyboardInterrupt as interrupt:
        console.note(f"Stopped; what is done is kept ({progress.done:,} of {progress.total:,} pictures).")
        raise typer.Exit(130) from interrupt
    for notice in progress.notices:
        console.note(notice)
    return progress


def ensure_indexed(catalog: Catalog, encoder: Available, settings: Settings) -> Indexed:
    """The catalog's vectors: what is missing is embedded first. QueryError if there is none."""
    progress = run_index(catalog, encoder, settings)
    if progress.rate and progress.skipped:
        console.note(f"Pictures skipped: {len(progress.skipped):,}; `python -m prodsim index` says which.")
    return open_index(catalog, encoder, settings, progress.skipped)
