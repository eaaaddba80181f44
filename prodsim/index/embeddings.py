"""What a store held when it was read."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from prodsim.index.parts import Batch, judged_today

THREADS = os.cpu_count() or 1
_DIGITS = 64
"""Characters of a SHA-256 in hex."""
_SLICE = 4_096
"""Rows that one thread copies at a time."""


class Embeddings:
    """Vectors of `dim` numbers by the hash of their picture, and the pictures that could not be decoded.

    What is added to the store later is not in it. The parts stay mapped as long as it lives: drop it soon.
    """

    def __init__(self, dim: int, batches: Sequence[Batch]) -> None:
        """`batches`: from the oldest to the newest."""
        self.dim = dim
        self.damaged = judged_today(batches)
        """Hash -> reason of all pictures that could not be decoded by what decodes pictures today."""
        self._newest_first = batches[::-1]

    @cached_property
    def known(self) -> set[str]:
        """Hashes of all pictures that have a vector."""
        return set(self._hashes.to_pylist())

    def matrix(self, hashes: Sequence[str | None]) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
        """The vectors at hand for `hashes`: float32 (m, dim), read-only, and which positions they belong to, (m,).

        They are copies, of the newest vector of each hash: nothing in them changes with a file.
        """
        rows = _rows(pa.array(hashes, pa.string()), self._hashes)
        positions = np.flatnonzero(rows >= 0)
        rows = rows[positions]
        matrix = np.empty((len(rows), self.dim), np.float32)
        starts = np.cumsum([0, *(len(batch.hashes) for batch in self._newest_first)])
        parts = np.searchsorted(starts, rows, side="right") - 1
        by_part = np.argsort(parts.astype(np.uint16), kind="stable")  # of integers so short it sorts without comparing
        ends = np.searchsorted(parts[by_part], np.arange(len(starts)))

        def copy(part: int, first: int) -> None:
            places = by_part[first : min(first + _SLICE, ends[part + 1])]
            vectors, of_part = self._newest_first[part].vectors, rows[places] - starts[part]
            if places[-1] - places[0] == len(places) - 1:
                filled = matrix[places[0] : places[-1] + 1]
                vectors.take(of_part, axis=0, out=filled, mode="clip")  # the mode that needs no copy in between
            else:
                matrix[places] = vectors[of_part]

        with ThreadPoolExecutor(THREADS) as pool:
            slices = [(part, first) for part, end in enumerate(ends[1:]) for first in range(ends[part], end, _SLICE)]
            list(pool.map(copy, *zip(*slices, strict=True)))
        matrix.setflags(write=False)
        return matrix, positions

    @cached_property
    def _hashes(self) -> pa.StringArray:
        return pa.concat_arrays([pa.array([], pa.string()), *(batch.hashes for batch in self._newest_first)])


def _rows(wanted: pa.StringArray, among: pa.StringArray) -> NDArray[np.intp]:
    """Where each of `wanted` is found first `among` these, (len(wanted),); -1 where it is missing, or not `wanted`.

    It is looked up by 64 bits, which is several times faster; if whole hashes differ then, or are there twice, by all.
    """
    rows = np.full(len(wanted), -1, np.intp)
    asked = np.flatnonzero(wanted.is_valid())
    wanted = wanted.drop_null()
    numbers, those = _numbers(wanted), _numbers(among)
    if numbers is not None and those is not None and (index := pd.Index(those)).is_unique:
        places = index.get_indexer(pd.Index(numbers))
        found = places >= 0
        of_these = wanted if found.all() else wanted.filter(pa.array(found))
        if among.take(pa.array(places[found])).equals(of_these):
            rows[asked] = places
            return rows
    rows[asked] = pc.index_in(wanted, value_set=among).fill_null(-1).to_numpy()
    return rows


def _numbers(hashes: pa.StringArray) -> NDArray[np.uint64] | None:
    """64 bits of each hash, (n,); None if any is no SHA-256 in hex, which are all of one length."""
    if not len(hashes) or hashes.offset or set(pc.unique(pc.binary_length(hashes)).to_pylist()) != {_DIGITS}:
        return None
    words = np.frombuffer(hashes.buffers()[2], np.uint64, len(hashes) * _DIGITS // 8).reshape(len(hashes), -1)
    return words[:, 0] ^ (words[:, 1] * np.uint64(0x9E3779B97F4A7C15))
