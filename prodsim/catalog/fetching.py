"""The pictures that a table names by address, fetched into a folder that is a catalog then.

Nothing is fetched but what a person asked for. Each picture is written whole or not at all, under a name that its
address gives, so that a fetch that was stopped or killed goes on where it was; what fails is named, and stops no other.
"""

import hashlib
import re
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from filelock import FileLock, Timeout

from prodsim.catalog.bringing import AT_ONCE, Bringer
from prodsim.catalog.fetched_pictures import FetchedPictures
from prodsim.catalog.files import FETCHING
from prodsim.catalog.staging import PLACE
from prodsim.config import PREFIX, Settings
from prodsim.errors import CatalogError, ImageError
from prodsim.storage import Judge, Unfetched, why_not, write_whole

MAX_PICTURES = 50_000
TELL_SECONDS = 0.25
_JOIN_SECONDS = 10
_IMAGES = "images"
_SUFFIX = re.compile(r"\.[a-z]{1,8}")


@dataclass(frozen=True)
class Failure:
    """A picture that is not there, and why, as a clause without a full stop."""

    address: str
    reason: str


@dataclass(frozen=True)
class Fetched:
    """How far a fetch is: pictures that are there, and all; what failed; what came by now: bytes, and pictures per
    second (0 before there is one). `waiting`: somebody else fetches into the same folder.
    """

    done: int
    total: int
    failures: tuple[Failure, ...] = ()
    bytes: int = 0
    rate: float = 0
    waiting: bool = False


def fetch(
    addresses: Sequence[str], folder: Path, settings: Settings, judge: Judge = why_not
) -> Generator[Fetched, None, None]:
    """Fetch what is not there yet into `images` of a folder, telling how far it is; the last time when all was tried.

    To close the generator stops it. CatalogError if nothing is to be fetched, or too much; CacheError if there is no
    room: what was fetched stays.
    """
    wanted = list(dict.fromkeys(addresses))
    _check(len(wanted), settings)
    images = folder / _IMAGES
    try:
        images.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CatalogError(f"The folder {images} cannot be made: {error.strerror}. Choose another place.") from error
    pictures, lock = FetchedPictures(images, settings), FileLock(folder / FETCHING, thread_local=False)
    while not _taken(lock):
        yield Fetched(0, len(wanted), waiting=True)
    try:
        pictures.look()
        missing = pictures.missing(wanted)
        yield Fetched(len(wanted) - len(missing), len(wanted))
        yield from _bring_all(missing, len(wanted), pictures, judge)
    finally:
        lock.release()


def place_of(table: bytes, settings: Settings) -> Path:
    """Where the pictures of a visitor's table are fetched to: among what is on its way in, the same place each time."""
    return settings.cache_dir / PLACE / hashlib.sha256(table).hexdigest()[:24]


def complete(folder: Path, name: str, table: bytes) -> None:
    """Lay the table beside the pictures that were fetched, under a name of ours. CacheError if it cannot be written."""
    suffix = Path(name).suffix.lower()
    write_whole(folder / f"catalog{suffix if _SUFFIX.fullmatch(suffix) else '.csv'}", [table])


def _check(number: int, settings: Settings) -> None:
    beside = "put the pictures into a folder images beside the table"
    if settings.offline:
        raise CatalogError(
            f"{number:,} pictures are named by address, but {PREFIX}OFFLINE is set, so nothing is fetched. "
            f"Unset it, or {beside}."
        )
    if number > MAX_PICTURES:
        raise CatalogError(
            f"{number:,} pictures are named by address, but {MAX_PICTURES:,} are fetched at most. "
            f"Take fewer rows, or {beside}."
        )


def _taken(lock: FileLock) -> bool:
    try:
        lock.acquire(timeout=TELL_SECONDS)
    except Timeout:
        return False
    except OSError as error:
        raise CatalogError(
            f"The folder {Path(lock.lock_file).parent} cannot be written: {error.strerror}. Choose another place."
        ) from error
    return True


def _bring_all(
    missing: Sequence[str], total: int, pictures: FetchedPictures, judge: Judge
) -> Generator[Fetched, None, None]:
    """Bring what is missing, in threads. What they raise, apart from what is wrong with one picture, ends all."""
    bring = Bringer(pictures, judge)
    todo: SimpleQueue[str] = SimpleQueue()
    outcomes: SimpleQueue[int | Failure | Exception] = SimpleQueue()
    for address in missing:
        todo.put(address)
    threads = [
        Thread(target=_work, args=(bring, todo, outcomes), name=f"fetch {number}", daemon=True)
        for number in range(min(AT_ONCE, len(missing)))
    ]
    failures: list[Failure] = []
    arrived = size = 0
    began = told = time.monotonic()
    try:
        for thread in threads:
            thread.start()
        while arrived + len(failures) < len(missing):
            try:
                outcome = outcomes.get(timeout=TELL_SECONDS)
                if isinstance(outcome, Exception):
                    raise outcome
                if isinstance(outcome, Failure):
                    failures.append(outcome)
                else:
                    arrived, size = arrived + 1, size + outcome
            except Empty:
                pass
            now = time.monotonic()
            if now - told >= TELL_SECONDS or arrived + len(failures) == len(missing):
                told = now
                done, rate = total - len(missing) + arrived, arrived / max(now - began, 1e-9)
                yield Fetched(done, total, tuple(failures), size, rate)
    finally:
        bring.stop()
        until = time.monotonic() + _JOIN_SECONDS  # a name server may be silent for longer, and then nothing is written
        for thread in threads:
            thread.join(max(0, until - time.monotonic()))


def _work(bring: Bringer, todo: "SimpleQueue[str]", outcomes: "SimpleQueue[int | Failure | Exception]") -> None:
    while not bring.stopped.is_set():
        try:
            address = todo.get_nowait()
        except Empty:
            return
        try:
            outcomes.put(bring(address))
        except (Unfetched, ImageError) as error:
            outcomes.put(Failure(address, str(error).partition(". ")[0].rstrip(".")))
        except Exception as error:
            outcomes.put(error)
