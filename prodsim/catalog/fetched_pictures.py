"""Pictures that were fetched, in a folder: called by their addresses, whole, and pictures by content."""

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore, Lock

from prodsim.catalog.addresses import stem_of
from prodsim.config import Settings
from prodsim.errors import CatalogError
from prodsim.images import open_rgb
from prodsim.storage import check_cache, check_disk, entries, write_whole

MAX_TOTAL_BYTES = 20 * 2**30
"""Of all of them."""
DECODED_AT_ONCE = 2
"""To see whether one is whole, it is decoded, which may take 200 MB of memory."""
MEASURED_BYTES = 256 * 2**20
"""How much is added to the cache before it is measured again."""

_NAME = re.compile(r"([0-9a-f]{24})\.[a-z]{3,4}")
_UNFINISHED = re.compile(rf"{_NAME.pattern}\.[0-9a-f]{{32}}\.unfinished")
_BEGINNINGS = {
    "jpg": rb"\xff\xd8\xff",
    "png": rb"\x89PNG",
    "webp": rb"RIFF....WEBP",
    "gif": rb"GIF8",
    "bmp": rb"BM",
    "tif": rb"II[*+]\0|MM\0[*+]",
    "avif": rb"....ftypavi[fs]",
    "heic": rb"....ftyp",
}
"""Suffix -> how a file begins that has it."""


class FetchedPictures:
    """Those of one folder, which nobody else writes to meanwhile. Safe between threads."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder, self._settings = folder, settings
        self._lock, self._decoding = Lock(), BoundedSemaphore(DECODED_AT_ONCE)
        self._in_cache = folder.resolve().is_relative_to(settings.cache_dir.resolve())
        self._stems: set[str] = set()
        self._bytes = self._unmeasured = 0

    def look(self) -> None:
        """See what is there, and remove what was not written to its end."""
        self._stems.clear()
        self._bytes = 0
        for entry in entries(self._folder):
            if found := _NAME.fullmatch(entry.name):
                self._stems.add(found[1])
                self._bytes += entry.stat(follow_symlinks=False).st_size
            elif _UNFINISHED.fullmatch(entry.name):
                with suppress(OSError):
                    Path(entry).unlink()
        self._check_room(0)

    def missing(self, addresses: Sequence[str]) -> list[str]:
        """Those addresses whose pictures were not there when `look` was called."""
        return [address for address in addresses if stem_of(address) not in self._stems]

    def keep(self, address: str, data: bytes) -> None:
        """Write what came from an address. ImageError if it is no picture, whatever it was called on the way.

        CatalogError or CacheError if there is no room for more.
        """
        with self._decoding:
            open_rgb(data, "what came")
        with self._lock:
            self._check_room(len(data))
            self._bytes += len(data)
        suffix = next(name for name, start in [*_BEGINNINGS.items(), ("img", b"")] if re.match(start, data, re.DOTALL))
        write_whole(self._folder / f"{stem_of(address)}.{suffix}", [data])

    def _check_room(self, size: int) -> None:
        if self._bytes + size > MAX_TOTAL_BYTES:
            raise CatalogError(
                f"The pictures take more than {MAX_TOTAL_BYTES / 2**30:,.0f} GB, and no more are fetched. "
                "Take fewer rows, or addresses of smaller pictures."
            )
        check_disk("What is fetched", size, self._folder)
        self._unmeasured -= size
        if self._in_cache and self._unmeasured <= 0:
            check_cache("What is fetched", MEASURED_BYTES, self._settings.cache_dir)
            self._unmeasured = MEASURED_BYTES
