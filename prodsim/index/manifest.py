"""A store's manifest: which parts count. A sealed JSON file, renamed into its place after them."""

import json
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from prodsim.errors import CacheError, DamagedStore
from prodsim.index.parts import VERSION, Entry, Identity, entries_in
from prodsim.storage import seal, unseal, write_whole

NAME = "manifest.json"
MOST_ROWS = 65_536
"""Rows of the largest parts: few enough to check many at once, and enough that they are few."""
AT_ONCE = 16
"""Parts of one size that are merged into one."""
_SIZES = (512, 8_192, MOST_ROWS)
"""Rows from which a part is of the next size; those of the last one stay as they are."""


@dataclass(frozen=True)
class Manifest:
    """What counts in a store. `next`: the number of the next part, for no number is given twice; `parts`: by age."""

    format: int
    store: str
    dim: int
    next: Annotated[int, Field(ge=1, lt=10**12)] = 1
    parts: tuple[Entry, ...] = ()


_FORM = TypeAdapter(Manifest)


def read_manifest(folder: Path, identity: Identity) -> Manifest | None:
    """The manifest of a store; None if there is no store.

    DamagedStore says what is wrong with it, without a remedy; CacheError if it cannot be read.
    """
    manifest = _read(folder)
    if manifest and (manifest.store, manifest.dim) != (identity.store, identity.dim):
        raise DamagedStore(f"{folder / NAME} names the embeddings of another encoder.")
    return manifest


def dim_of(folder: Path) -> int | None:
    """Of the vectors that a folder holds, as its manifest says; None if it is no store. DamagedStore, CacheError."""
    manifest = _read(folder)
    return manifest.dim if manifest and manifest.store == folder.name else None


def _read(folder: Path) -> Manifest | None:
    parts = entries_in(folder)  # before the manifest, which is older than each of them
    path = folder / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        if parts:
            raise DamagedStore(f"{path} is gone.") from error
        return None
    except NotADirectoryError as error:
        raise DamagedStore(f"{folder} holds no embeddings of ours.") from error
    except IsADirectoryError as error:
        raise DamagedStore(f"{path} is no manifest of ours.") from error
    except OSError as error:
        raise CacheError(
            f"{path} cannot be read: {error.strerror}. Set PRODSIM_CACHE_DIR to another folder."
        ) from error
    content = unseal(data)
    if content is None:
        raise DamagedStore(f"{path} was changed: its checksum does not match.")
    try:
        version = json.loads(content)["format"]
        if version != VERSION:
            raise DamagedStore(f"{path} is of format {version}, and this version reads {VERSION}.")
        return _FORM.validate_json(content)
    except (
        ValidationError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:  # somebody else wrote and sealed it
        raise DamagedStore(f"{path} is no manifest of ours.") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it, whole or not at all, over the one that is there. CacheError if it cannot be written."""
    write_whole(folder / NAME, [seal(_FORM.dump_json(manifest))])


def to_merge(parts: Sequence[Entry]) -> int:
    """How many of the newest parts are to be merged, so that there are never many; 0 if all stay as they are.

    Only neighbors are merged, so that parts stay in the order of their age. A vector is written anew once for each
    size, whatever the number of parts.
    """
    newest = parts[::-1]
    sizes = [bisect(_SIZES, part.rows) for part in newest]
    for size in range(len(_SIZES)):
        run = next((place for place, other in enumerate(sizes) if other > size), len(sizes))
        fills_one = run > 1 and sum(part.rows for part in newest[:run]) >= MOST_ROWS
        if fills_one or sizes[:run].count(size) >= AT_ONCE:
            return run
    return 0
