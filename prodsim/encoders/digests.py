"""Digests of files that are hashed once, however often one asks."""

import hashlib
from functools import lru_cache, partial
from pathlib import Path

from prodsim.errors import WeightsUnavailable


def digest(path: Path, algorithm: str = "sha256") -> str:
    """A file's digest in hex. WeightsUnavailable if it cannot be read."""
    try:
        status = path.stat()
        return _digest(path, algorithm, status.st_size, status.st_mtime_ns)
    except OSError as error:
        raise WeightsUnavailable(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error


@lru_cache(maxsize=64)
def _digest(path: Path, algorithm: str, size: int, mtime_ns: int) -> str:
    """Size and time are what makes a changed file a new question."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, partial(hashlib.new, algorithm, usedforsecurity=False)).hexdigest()
