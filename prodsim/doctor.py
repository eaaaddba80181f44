"""What is installed, set and on disk, and what to do about what is not. Never raises: what goes wrong is a finding.

Looking makes no embeddings, with one exception: where all that the published example needs is at hand, it is run.
"""

import difflib
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from prodsim import __version__
from prodsim.catalog import Catalog, choices, open_catalog
from prodsim.config import PREFIX, SECRET, Settings, load_settings
from prodsim.encoders import REGISTRY, Available, Unavailable, encoder_spec, fallback, status
from prodsim.errors import ConfigError, ProdsimError
from prodsim.evaluation import published_example
from prodsim.index import EmbeddingStore
from prodsim.requirements import EXTRAS, install_line, required

Level = Literal["ok", "note", "problem"]
"""`note`: works, but the user may want to know; `problem`: the app does not work until it is solved."""

PYTHON = ((3, 11), (3, 14))
"""From, and below."""
OTHER_VARIABLES = ("PRODSIM_TEST_DATA", "PRODSIM_REQUIRE_ALL")
"""Read by the tests, not by the settings."""
LITTLE_SPACE = 2 * 10**9
"""Bytes: `fashion-small`, packed and unpacked, with the embeddings of several encoders."""


@dataclass(frozen=True)
class Finding:
    """One line of the report: what was looked at, how it is, and what to do (empty if nothing)."""

    level: Level
    subject: str
    text: str
    remedy: str = ""


Check = Callable[[], Iterator[Finding]]
OpenCatalog = Callable[[], Catalog]


def examine(
    overrides: Mapping[str, object], quiet: Callable[[Available], Available] = lambda encoder: encoder
) -> Iterator[Finding]:
    """All findings, in the order in which they are worth reading.

    `overrides`: settings given as options, or None. `quiet`: what makes an encoder one that loads without a word.
    """
    yield from _guarded("python", _python)
    yield from _guarded("packages", _packages)
    yield from _guarded("environment", partial(_environment, os.environ))
    try:
        settings = load_settings().replace(**overrides)
    except ConfigError as error:
        yield Finding("problem", "settings", str(error), "Nothing below this line could be checked.")
        return
    yield from _guarded("cache", partial(_cache, settings))
    opened = cache(partial(open_catalog, settings))
    yield from _guarded("catalog", partial(_catalog, opened))
    yield from _guarded("catalog root", partial(_catalog_root, settings))
    yield from _guarded("encoder", partial(_encoder, settings))
    for name in REGISTRY:
        yield from _guarded(name, partial(_weights_and_store, name, settings))
    yield from _guarded("published example", partial(_published_example, opened, settings, quiet))


def _guarded(subject: str, check: Check) -> Iterator[Finding]:
    try:
        yield from check()
    except Exception as error:  # whatever is wrong with this machine, the report goes on
        yield Finding("problem", subject, str(error) or type(error).__name__)


def _python() -> Iterator[Finding]:
    text = f"prodsim {__version__}, Python {platform.python_version()}, {platform.platform(terse=True)}"
    (low, high), mine = PYTHON, platform.python_version_tuple()
    if low <= (int(mine[0]), int(mine[1])) < high:
        yield Finding("ok", "python", text)
    else:
        yield Finding(
            "note", "python", text, f"Made for Python {low[0]}.{low[1]} up to, not including, {high[0]}.{high[1]}."
        )


def _packages() -> Iterator[Finding]:
    found = {name: _version(name) for name in required()}
    present = ", ".join(f"{name} {number}" for name, number in found.items() if number)
    yield Finding("ok", "packages", present)
    for name, number in found.items():
        if number is None:
            yield Finding("problem", "packages", f"{name} is not installed", f"Run `{install_line()}`.")
    for extra in EXTRAS:
        for name in required(extra):
            number = _version(name)
            remedy = "" if number else f"To have it, run `{install_line(extra)}`."
            yield Finding("ok", "optional", f"{name} {number or 'is not installed'}", remedy)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _environment(environment: Mapping[str, str]) -> Iterator[Finding]:
    settings = [f"{PREFIX}{field.upper()}" for field in Settings.model_fields]
    names = sorted(name for name in environment if name.upper().startswith(PREFIX))
    if not names:
        yield Finding("ok", "environment", f"no {PREFIX}* variable is set")
    for name in names:
        if name.upper() in settings or name in OTHER_VARIABLES:
            shown = "(not shown)" if name.upper().removeprefix(PREFIX).lower() in SECRET else environment[name]
            yield Finding("ok", "environment", f"{name}={shown}")
            continue
        near = difflib.get_close_matches(name.upper(), settings, n=1)
        remedy = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(settings)}."
        yield Finding("note", "environment", f"{name} is not a setting and has no effect", remedy)


def _cache(settings: Settings) -> Iterator[Finding]:
    folder = settings.folder()
    remedy = f"Set {PREFIX}CACHE_DIR to a folder that can be written."
    try:
        with tempfile.TemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        yield Finding("problem", "cache", f"{folder} cannot be written: {error.strerror}", remedy)
        return
    text = f"{folder}, {free / 1e9:.1f} GB free"
    if free < LITTLE_SPACE:
        yield Finding(
            "note", "cache", text, f"Large catalogs need more. Free some space, or {remedy[0].lower()}{remedy[1:]}"
        )
    else:
        yield Finding("ok", "cache", text)


def _catalog(opened: OpenCatalog) -> Iterator[Finding]:
    catalog = opened()
    yield Finding("ok", "catalog", f"{catalog.name}: {len(catalog):,} products, {catalog.folder}")
    if problems := len(catalog.problems):
        yield Finding(
            "note",
            "catalog",
            f"problems in its table and pictures: {problems:,}",
            "Run `python -m prodsim stats --problems` to see them.",
        )


def _catalog_root(settings: Settings) -> Iterator[Finding]:
    if settings.catalog_root is not None:
        yield Finding("ok", "catalog root", f"{settings.catalog_root}: {len(choices(settings))} to choose from")


def _encoder(settings: Settings) -> Iterator[Finding]:
    name = encoder_spec(settings.encoder).name
    found = status(name, settings)
    if isinstance(found, Unavailable):
        stand_in = fallback(settings).spec.name
        yield Finding("note", "encoder", f"{name} cannot be used yet, see below; {stand_in} stands in")
    else:
        yield Finding("ok", "encoder", name)


def _weights_and_store(name: str, settings: Settings) -> Iterator[Finding]:
    encoder = status(name, settings)
    if isinstance(encoder, Unavailable):
        yield Finding("note", name, encoder.reason, encoder.remedy)
        return
    if encoder.weights is None:
        yield Finding("ok", name, "needs no weights")
    elif encoder.notice:
        yield Finding(
            "note", name, encoder.notice.rstrip("."), "Embeddings are kept apart from those of the published ones."
        )
    else:
        yield Finding("ok", name, f"weights {encoder.weights.path}, known by {encoder.known_by}")
    store = EmbeddingStore.of(encoder, settings)
    if store.path.exists():
        yield Finding("ok", name, f"{len(store.read().known):,} embeddings in {store.path}")
    else:
        yield Finding("ok", name, "no embeddings yet")


def _published_example(
    opened: OpenCatalog, settings: Settings, quiet: Callable[[Available], Available]
) -> Iterator[Finding]:
    subject, page = "published example", "docs/published-example.md"
    encoder, catalog = status(published_example.ENCODER, settings), None
    with suppress(ProdsimError):  # the line about the catalog says it
        catalog = opened()
    missing = published_example.missing(catalog, encoder)
    if missing or catalog is None or isinstance(encoder, Unavailable):
        yield Finding("ok", subject, f"not tried: {'; '.join(missing)}", f"{page} says what it takes.")
        return
    try:
        found = published_example.run(catalog, quiet(encoder), settings)
    except ProdsimError as error:  # the example is not needed for anything else
        yield Finding("note", subject, f"could not be tried: {error}")
        return
    if found == published_example.PUBLISHED:
        yield Finding("ok", subject, f"agrees: {found}")
    else:
        text = f"does not agree: published are {published_example.PUBLISHED}; found are {found}"
        reasons = "Pictures that were resized or saved again give other scores, and so may another JPEG decoder"
        yield Finding("note", subject, text, f"{reasons}: see {page}.")
