"""Embeddings for other tools."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from prodsim.errors import ConfigError
from prodsim.export import parquet, write_vectors
from tests.indexes import catalog_of, indexed

VECTORS = np.float32([[1, 0], [0, 2], [3, 3], [4, 4]])


def test_every_picture_has_a_row_with_its_product_and_its_embedding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROWS", 3)
    catalog = catalog_of({"a": {}, "b": {}, "no picture": {}, "d": {}})
    catalog = replace(catalog, images=(*catalog.images[:3], catalog.folder / "d\udce9.png"))
    made = indexed(catalog, VECTORS, owners=[0, 1, 1, 3])
    assert write_vectors(made, tmp_path / "vectors.parquet") == 4
    table = pq.read_table(tmp_path / "vectors.parquet")
    assert table.column("id").to_pylist() == ["a", "b", "b", "d"]
    assert table.column("picture").to_pylist() == ["images/a.png", *["images/b.png"] * 2, "d\\udce9.png"]
    np.testing.assert_array_equal(np.array(table.column("embedding").to_pylist(), dtype=np.float32), VECTORS)
    assert table.schema.field("embedding").type.list_size == 2
    facts = table.schema.metadata
    assert facts[b"encoder"] == b"mean_color" and facts[b"fingerprint"] and facts[b"digest"] == b"digest"


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ConfigError, match=r"folder cannot be written"):
        write_vectors(indexed(catalog_of({"a": {}}), VECTORS[:1]), tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
