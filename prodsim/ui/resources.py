"""What is kept between reruns and shared by all visitors. The only file with Streamlit's cache decorators."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.config import Settings, load_settings
from prodsim.errors import EncoderError, ImageError
from prodsim.images import open_rgb, thumbnail
from prodsim.library import Library

if TYPE_CHECKING:
    from prodsim.ui.indexing import OpenIndex


def settings() -> Settings:
    """From the environment, read anew: cheap, and a test may change it."""
    return load_settings()


def catalog(name: str) -> Catalog:
    """The catalog of this name, read again when its source has changed."""
    library = Library(settings())
    if name == library.default:
        source = library.settings.catalog
    else:
        source = library.folder(name) if name in library.imported() else None
    return _catalog(library.settings, name, _stamp(source))


def _stamp(source: Path | None) -> tuple[int, ...]:
    """Times of change of a folder, its pictures and its tables, or of a ZIP."""
    if source is None:
        return ()
    places = [source, source / "images", *sorted(source.glob("*.csv"))]
    return tuple(place.stat().st_mtime_ns for place in places if place.exists())


@st.cache_resource(
    show_spinner="Opening the catalog; the first time takes some seconds …", max_entries=4, hash_funcs={Settings: repr}
)
def _catalog(wanted: Settings, name: str, stamp: tuple[int, ...]) -> Catalog:
    return Library(wanted).open(name)


@st.cache_resource
def open_indexes() -> dict[tuple[Path, str], "OpenIndex"]:
    """What can be searched at once, by catalog folder and encoder fingerprint; kept by `ui.indexing`."""
    return {}


@st.cache_resource
def failed_downloads() -> dict[str, EncoderError]:
    """Why an encoder's weights could not be fetched, by encoder name: so that it is tried once, not at every rerun."""
    return {}


def picture(path: Path) -> bytes | None:
    """A catalog picture as thumbnail bytes; None if it is missing or damaged."""
    try:
        return _thumbnail(path, path.stat().st_mtime_ns)
    except (OSError, ImageError):
        return None


@st.cache_data(show_spinner=False, max_entries=2000)
def _thumbnail(path: Path, mtime_ns: int) -> bytes:
    return thumbnail(open_rgb(path))
