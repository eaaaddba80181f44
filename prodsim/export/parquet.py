"""Embeddings as a Parquet file, which pandas, Polars, DuckDB and most other tools read."""

import os
from pathlib import Path
from uuid import uuid4

import numpy as np

from prodsim.errors import ConfigError
from prodsim.index import Indexed

ROWS = 65_536
"""Rows that are written at a time."""


def write_vectors(indexed: Indexed, path: Path) -> int:
    """Write a row for each picture that has a vector, in the order of the catalog; how many there are.

    Columns: `id` of the product, `picture` (its path below the catalog's folder, with `/`) and `embedding` (a list of
    `dim` float32). The file's metadata names the encoder, its fingerprint and the catalog's digest. A file of this
    name is replaced when the new one is whole. ConfigError if it cannot be written.
    """
    import pyarrow as pa  # only who exports pays for it
    import pyarrow.parquet as pq

    catalog, index = indexed.catalog, indexed.vectors
    facts = {"encoder": indexed.encoder.spec.name, "fingerprint": indexed.encoder.fingerprint, "digest": indexed.digest}
    schema = pa.schema(
        [
            pa.field("id", pa.string(), nullable=False),
            pa.field("picture", pa.string(), nullable=False),
            pa.field("embedding", pa.list_(pa.float32(), index.dim), nullable=False),
        ],
        metadata=facts,
    )
    ids = list(catalog.table.index)
    pictures = [_text(path.relative_to(catalog.folder).as_posix()) for path in catalog.images]
    unfinished = path.with_name(f"{path.name}.{uuid4().hex}.unfinished")
    try:
        try:
            with pq.ParquetWriter(unfinished, schema) as writer:
                for start in range(0, len(index), ROWS):
                    rows = np.arange(start, min(start + ROWS, len(index)))
                    owners = index.owners[rows].tolist()
                    vectors = pa.FixedSizeListArray.from_arrays(pa.array(index.vectors(rows).ravel()), index.dim)
                    of_rows = [pictures[place] for place in indexed.places[rows].tolist()]
                    columns = [[ids[owner] for owner in owners], of_rows, vectors]
                    writer.write_table(pa.table(dict(zip(schema.names, columns, strict=True)), schema=schema))
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "nobody says why"
        raise ConfigError(f"{path} cannot be written: {reason}. Choose another place.") from error
    return len(index)


def _text(name: str) -> str:
    """A file's name may have bytes that are no text."""
    return name.encode("utf-8", "backslashreplace").decode()
