"""Trust at first use: files whose publisher states no SHA-256 are held to the one that they had when first loaded.

The record of it is a sealed file in the cache, under the name that the file is published by: it outlives the file, and
counts for one that is downloaded anew or lies elsewhere.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from prodsim.config import Settings
from prodsim.encoders.digests import digest
from prodsim.errors import CacheError, WeightsUnavailable
from prodsim.storage import seal, unseal, write_whole


@dataclass(frozen=True)
class FirstUse:
    """The SHA-256 that a file had, in hex, and the day, in UTC."""

    sha256: str
    day: date


_FORM = TypeAdapter(FirstUse)


@dataclass(frozen=True)
class Pin:
    """Where a published file lies, or is to lie, and the record of its first use."""

    path: Path
    record: Path

    @classmethod
    def of(cls, path: Path, name: str, settings: Settings) -> "Pin":
        """That of a file published as `name`."""
        return cls(path, settings.cache_dir / "first-use" / f"{name}.json")

    def first_use(self) -> FirstUse | None:
        """None if there was none. WeightsUnavailable if the record is damaged or cannot be read: nobody else knows."""
        try:
            return _FORM.validate_json(unseal(self.record.read_bytes()) or b"")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except ValidationError as error:
            raise self._useless("is damaged") from error
        except OSError as error:
            raise self._useless(f"cannot be read ({error.strerror})") from error

    def hold(self) -> None:
        """WeightsUnavailable if the file cannot be read, or is not the one that was first used."""
        first, sha256 = self.first_use(), digest(self.path)
        if first and first.sha256 != sha256:
            raise WeightsUnavailable(
                f"{self.path} is not the file that was first used on {first.day}: its SHA-256 is {sha256[:12]}... and "
                f"was {first.sha256[:12]}... then. Remove it to fetch that one again, or {self.record} to use this one."
            )

    def keep(self) -> None:
        """Note a first use, unless there was one. Where nothing can be written, nothing is noted."""
        if self.record.exists():
            return
        first = FirstUse(digest(self.path), datetime.now(UTC).date())
        with suppress(OSError, CacheError):
            self.record.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.record, [seal(_FORM.dump_json(first))])

    def _useless(self, how: str) -> WeightsUnavailable:
        return WeightsUnavailable(
            f"{self.record} {how}, and nothing else knows which file was first used. "
            "Remove it to use the one that is there."
        )
