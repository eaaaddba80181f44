"""What is kept between reruns and shared by all visitors. The only file with Streamlit's cache decorators."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from threading import BoundedSemaphore
from typing import TypeVar

import streamlit as st
from PIL import Image
from streamlit.runtime.scriptrunner import get_script_run_ctx

from prodsim.catalog import Catalog, Library, Preview, Source, Watch, look_into
from prodsim.config import Settings, load_settings
from prodsim.encoders import REGISTRY, Available, EncoderSpec, status
from prodsim.errors import ImageError
from prodsim.images import MAX_KEPT, open_rgb, thumbnail
from prodsim.index import Scoring, kernel_of
from prodsim.search import Attribution, Engine, Photo, attribute
from prodsim.storage import state_of, writable
from prodsim.ui.background import Fetch
from prodsim.ui.concurrency import Turns
from prodsim.ui.engines import Engines

SAMPLES = Path(__file__).with_name("samples")
"""Photos to try the search with, painted by `tools/demo_catalog`."""
PIXELS = 2 * MAX_KEPT
"""Of visitors' photos that are decoded or encoded at once, 33 megapixels. A megapixel takes 8 to 12 MB, of a WebP 17:
300 to 600 MB in all, and of a larger WebP once a gigabyte instead, of 4 which a small server may have.
"""
EACH = PIXELS * 3 // 4
"""Of those, for one visitor: two photos of a phone. A quarter is left for the others."""
AT_ONCE, WAITING = 2, 30
"""A visitor's photos, and pictures of the catalog, that are decoded at the same time; and visitors who wait for a turn:
with `vgg16` on two cores the last one waits for some seconds.
"""

SMALL = (96, 128)
"""Pixels, width and height, of a picture in a list: twice of what is shown, for sharp screens."""

T = TypeVar("T")

_decoding = BoundedSemaphore(AT_ONCE)


def settings() -> Settings:
    """From the environment, read anew: cheap, and a test may change it. With a cache that can be written."""
    return writable(load_settings())[0]


def cache_notice() -> str:
    """What to say when the cache folder cannot be written; else empty."""
    return writable(load_settings())[1]


def catalog(name: str) -> Catalog:
    """The catalog of this name, read again when its source has changed, or its files are gone from the cache."""
    library = Library(settings())
    if name == library.default:
        source = library.settings.catalog
    else:
        source = library.entry(name).folder if name in library.imported() else None
    asked = library.settings, name, _stamp(source)
    before = _last_asked().get((repr(asked[0]), name), asked)
    if before != asked or not _catalog(*asked).folder.is_dir():
        _catalog.clear(*before)  # what it was before would only take memory
    _last_asked()[repr(asked[0]), name] = asked
    return _catalog(*asked)


def preview(source: Source) -> Preview:
    """What a source holds, which is not among the catalogs by name yet. An upload is not kept with it."""
    return _preview(source, source.folder, source.name, tuple(source.roles.items()), _stamp(source.folder))


def _stamp(source: Path | None) -> tuple[str | int, ...]:
    """What changes when a folder, a ZIP, or the folder of a table does; see `Watch`."""
    if source is None:
        return ()
    if os.path.isdir(source):  # unlike Path.is_dir, False also for what may not be looked at
        return str(source), watch().state(source)
    if not os.path.isfile(source):
        return (str(source),)
    around = (watch().state(source.parent),) if source.suffix.lower() != ".zip" else ()
    return str(source), *state_of(source.stat()), *around


@st.cache_resource
def watch() -> Watch:
    """Who looks at the files of catalogs, for all visitors."""
    return Watch()


@st.cache_resource
def _last_asked() -> dict[tuple[str, str], tuple[Settings, str, tuple[str | int, ...]]]:
    """With what each catalog was asked for last."""
    return {}


@st.cache_resource(
    show_spinner="Opening the catalog; the first time takes some seconds …", max_entries=4, hash_funcs={Settings: repr}
)
def _catalog(wanted: Settings, name: str, stamp: tuple[str | int, ...]) -> Catalog:
    return Library(wanted).open(name)


@st.cache_resource(show_spinner="Reading the catalog …", max_entries=2)
def _preview(
    _source: Source, folder: Path, name: str, roles: tuple[tuple[str, str], ...], stamp: tuple[str | int, ...]
) -> Preview:
    return look_into(_source, settings())


def names_engine(catalog: Catalog) -> Engine:
    """Searches its names and labels."""
    return Engine(catalog)


@st.cache_resource
def engines() -> Engines:
    """What can be searched at once by pictures."""
    return Engines()


@st.cache_resource
def turns() -> Turns:
    """Who decodes or encodes what a visitor gave takes one."""
    return Turns(PIXELS, EACH, WAITING)


def turn_to_encode() -> AbstractContextManager[None]:
    """A turn of the visitor whose page runs. Busy."""
    return turns().take(_visitor())


def _visitor() -> str:
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


@st.cache_resource(show_spinner=False, hash_funcs={Settings: repr, EncoderSpec: repr})
def fetch(spec: EncoderSpec, settings: Settings) -> Fetch:
    """The fetch of an encoder's weights, the same one for all visitors."""
    return Fetch(spec, settings)


def look_at(photos: Sequence[Photo]) -> None:
    """Decode those that were not yet, in turn and as many at once as may be, for all encoders at hand: so to change the
    encoder decodes none of them again. Busy.
    """
    new = [photo for photo in photos if not photo.looked()]
    if not new:
        return
    line, visitor, here = turns(), _visitor(), settings()
    encoders = [found.spec for name in REGISTRY if isinstance(found := status(name, here), Available)]

    def look(photo: Photo) -> None:
        with line.take(visitor, photo.pixels), suppress(ImageError):  # which the photo says again
            photo.look(*encoders)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(look, photo) for photo in new]:
            done.result()


def seen(photo: Photo, encoder: EncoderSpec) -> Image.Image:
    """Exactly the pixels that the model sees of a photo, which is decoded, in turn, if it was not for this encoder."""
    if photo.looked(encoder):
        return photo.seen(encoder)
    with turns().take(_visitor(), photo.pixels):
        return photo.seen(encoder)


@st.cache_resource
def warmed_up() -> set[str]:
    """Fingerprints of the encoders that are being loaded, or are."""
    return set()


@st.cache_data(show_spinner=False, max_entries=100, hash_funcs={Available: lambda encoder: encoder.fingerprint})
def attribution(encoder: Available, query: Image.Image, match: Image.Image, scoring: Scoring) -> Attribution:
    """What each place of two fitted pictures adds to their similarity; seconds if they have to be covered."""
    return attribute(encoder.load(), query, match, kernel_of(scoring))


def made_of(path: Path, make: Callable[[Image.Image], T]) -> T:
    """What `make` makes of a catalog's picture, of which AT_ONCE are decoded at a time. ImageError."""
    with _decoding:
        return make(open_rgb(path))


def picture(path: Path) -> bytes | None:
    """A catalog picture as thumbnail bytes; None if it is missing or damaged."""
    return _made_by(_thumbnail, path)


def small_picture(path: Path) -> bytes | None:
    """The same, as small as lists show it: a few kilobytes."""
    return _made_by(_small_thumbnail, path)


def _made_by(make: Callable[[Path, tuple[int, int]], bytes], path: Path) -> bytes | None:
    try:
        return make(path, state_of(path.stat()))
    except (OSError, ImageError):
        return None


@st.cache_data(show_spinner=False)
def sample_photos() -> dict[str, bytes]:
    """Photos to try the search with: title -> JPEG bytes."""
    return {path.stem: path.read_bytes() for path in sorted(SAMPLES.glob("*.jpg"))}


@st.cache_data(show_spinner=False, max_entries=2000)
def _thumbnail(path: Path, state: tuple[int, int]) -> bytes:
    return made_of(path, thumbnail)


@st.cache_data(show_spinner=False, max_entries=5000)
def _small_thumbnail(path: Path, state: tuple[int, int]) -> bytes:
    return made_of(path, lambda image: thumbnail(image, SMALL))
