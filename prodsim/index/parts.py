"""One part of a store: an uncompressed Arrow file, which other tools read as well, pandas for one.

Its columns are `hash`, the SHA-256 of a picture in hex, and `vector`, float32 (dim,). The schema's metadata say whose
part it is, and which pictures of its batch could not be decoded: `damaged`, reasons by hash as JSON, and `reader`, what
could not decode them. The file's name holds its number and its CRC-32, so that a part is known without a manifest.
"""

import mmap
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pydantic import StringConstraints, TypeAdapter

from prodsim.errors import CacheError, DamagedStore
from prodsim.images import READER
from prodsim.storage import write_whole

VERSION = 3
_NAME = r"^(\d{5,})-([0-9a-f]{8})\.arrow$"
_REASONS = TypeAdapter(dict[str, str])


@dataclass(frozen=True)
class Identity:
    """Whose embeddings they are: the name of the store, which holds the fingerprint, and the numbers of a vector."""

    store: str
    dim: int


@dataclass(frozen=True)
class Entry:
    """What is known of a part without reading it."""

    name: Annotated[str, StringConstraints(pattern=_NAME)]
    size: int
    crc32: int
    rows: int

    @property
    def number(self) -> int:
        """Higher ones are newer."""
        return int(self.name.partition("-")[0])


@dataclass(frozen=True)
class Batch:
    """What a part holds. `hashes`: a string array of Arrow's, no two the same; `vectors`: float32 (rows, dim).

    `damaged`: reasons by hash; `reader`: what could not decode these pictures.
    """

    hashes: pa.StringArray
    vectors: NDArray[np.float32]
    damaged: dict[str, str]
    reader: str

    def __len__(self) -> int:
        """How many pictures something is known of."""
        return len(self.hashes) + len(self.damaged)


def entries_in(folder: Path) -> list[Entry]:
    """The parts that lie in a folder, by number, as their names say; `rows` is 0. Empty if there is no folder."""
    found = []
    for path in folder.glob("*.arrow"):
        if named := re.match(_NAME, path.name):
            with suppress(FileNotFoundError):  # somebody merges parts just now
                found.append(Entry(path.name, path.stat().st_size, int(named[2], 16), 0))
    return sorted(found, key=lambda entry: entry.number)


def number_after(folder: Path) -> int:
    """A number that no part in a folder has, nor had before it was set aside."""
    names = [path.name.partition("-")[0] for path in folder.glob("*.arrow*")]
    return max((int(name) for name in names if name.isdecimal()), default=0) + 1


def write_part(folder: Path, number: int, batch: Batch, identity: Identity) -> Entry:
    """Write a part, whole or not at all. CacheError if it cannot be written."""
    vectors = pa.FixedSizeListArray.from_arrays(pa.array(batch.vectors.ravel(), pa.float32()), identity.dim)
    said = {
        "format": str(VERSION),
        "store": identity.store,
        "damaged": _REASONS.dump_json(batch.damaged).decode(),
        "reader": batch.reader,
    }
    table = pa.record_batch([batch.hashes, vectors], schema=_schema(identity).with_metadata(said))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as file:
        file.write_batch(table)
    data = sink.getvalue()
    checksum = zlib.crc32(data)
    entry = Entry(f"{number:05}-{checksum:08x}.arrow", data.size, checksum, len(batch.hashes))
    write_whole(folder / entry.name, [data])
    return entry


def read_part(folder: Path, entry: Entry, identity: Identity, *, verified: bool) -> Batch:
    """A part, mapped into memory. `verified`: each byte is looked at before anything is made of it.

    DamagedStore says what is wrong with it, without a remedy; FileNotFoundError if it is gone, CacheError if it cannot
    be read.
    """
    path = folder / entry.name
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < entry.size or not size:
                raise DamagedStore(f"{path} is cut short.")
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise CacheError(
            f"{path} cannot be read: {error.strerror}. Set PRODSIM_CACHE_DIR to another folder."
        ) from error
    if size > entry.size or (verified and zlib.crc32(data) != entry.crc32):
        raise DamagedStore(f"{path} was changed: its checksum does not match.")
    try:
        table = pa.ipc.open_file(pa.py_buffer(data)).read_all()
        said = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
        _belongs(path, said, table.schema, identity)
        (batch,) = table.to_batches() or [pa.RecordBatch.from_pylist([], table.schema)]
        batch.validate()
        batch.column("hash").validate(full=True)
        vectors: NDArray[np.float32] = batch.column("vector").flatten().to_numpy().reshape(batch.num_rows, identity.dim)
        return Batch(batch.column("hash"), vectors, _REASONS.validate_json(said["damaged"]), said["reader"])
    except (pa.ArrowException, OSError, LookupError, ValueError, TypeError) as error:
        raise DamagedStore(f"{path} holds no embeddings of ours.") from error


def split(batch: Batch, most: int) -> Iterator[Batch]:
    """The same in batches of `most` rows; the first one tells of all pictures that are damaged."""
    for start in range(0, max(len(batch.hashes), 1), most):
        rows = slice(start, start + most)
        yield Batch(batch.hashes[rows], batch.vectors[rows], {} if start else batch.damaged, batch.reader)


def merged(batches: Sequence[Batch]) -> Batch:
    """Those batches as one; of two vectors of one picture the later. Judgments of former readers are dropped."""
    hashes = pa.concat_arrays([batch.hashes for batch in batches])
    vectors = np.concatenate([batch.vectors for batch in batches])
    backward = hashes[::-1]
    last = (pc.index_in(backward, value_set=backward).to_numpy() == np.arange(len(hashes)))[::-1]
    if not last.all():
        hashes, vectors = hashes.filter(pa.array(last)), vectors[last]
    return Batch(hashes, vectors, judged_today(batches), READER)


def without(batch: Batch, hashes: pa.StringArray) -> Batch:
    """The same but for what is known of these pictures."""
    kept = pc.invert(pc.is_in(batch.hashes, value_set=hashes))
    gone = {*hashes.to_pylist()}
    damaged = {hash_: reason for hash_, reason in batch.damaged.items() if hash_ not in gone}
    vectors = batch.vectors[kept.to_numpy(zero_copy_only=False)]
    return Batch(batch.hashes.filter(kept), vectors, damaged, batch.reader)


def judged_today(batches: Sequence[Batch]) -> dict[str, str]:
    """Hash -> reason of all pictures that could not be decoded by what decodes pictures today."""
    return {hash_: reason for batch in batches if batch.reader == READER for hash_, reason in batch.damaged.items()}


def _schema(identity: Identity) -> pa.Schema:
    return pa.schema([("hash", pa.string()), ("vector", pa.list_(pa.float32(), identity.dim))])


def _belongs(path: Path, said: dict[str, str], schema: pa.Schema, identity: Identity) -> None:
    if said["format"] != str(VERSION):
        raise DamagedStore(f"{path} is of format {said['format']}, and this version reads {VERSION}.")
    if said["store"] != identity.store or not schema.equals(_schema(identity)):
        raise DamagedStore(f"{path} holds the embeddings of another encoder.")
