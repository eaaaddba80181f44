"""Reports in the cache: JSON files, one for each question, which holds what was asked beside the answer."""

import os
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from prodsim.config import Settings
from prodsim.errors import CacheError
from prodsim.report import Question, Report
from prodsim.results import to_json

_FORM = TypeAdapter(Report)


class Reports:
    """The reports that are kept in one folder, a file for each question."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def in_cache(cls, settings: Settings) -> "Reports":
        """Those of the cache."""
        return cls(settings.folder("reports"))

    def path(self, question: Question) -> Path:
        """Where its report is, or would be."""
        key = sha256(to_json(asdict(question)).encode()).hexdigest()[:16]
        return self.folder / f"{question.encoder.name}-{question.scoring}-{key}.json"

    def find(self, question: Question) -> Report | None:
        """The report that answers this very question, or None: evaluate again.

        A file that is damaged, of another format or about something else is no answer, and is replaced by `keep`.
        CacheError if it cannot be read.
        """
        path = self.path(question)
        try:
            report = _FORM.validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreadable(path, error) from error
        except ValidationError:
            return None
        return report if report.question == question else None

    def about(self, digest: str) -> list[Report]:
        """Every report on the catalog of this digest; files that are none are passed over. CacheError as `find`."""
        found = []
        for path in sorted(self.folder.glob("*.json")):
            try:
                report = _FORM.validate_json(path.read_bytes())
            except ValidationError:
                continue
            except OSError as error:
                raise _unreadable(path, error) from error
            if report.question.catalog.digest == digest:
                found.append(report)
        return found

    def keep(self, report: Report) -> Path:
        """Write it, whole or not at all; where it is. CacheError if it cannot be written."""
        path = self.path(report.question)
        unfinished = path.with_name(f"{path.stem}.{uuid4().hex}.unfinished")
        try:
            try:
                unfinished.write_bytes(_FORM.dump_json(report))
                os.replace(unfinished, path)
            finally:
                unfinished.unlink(missing_ok=True)
        except OSError as error:
            raise CacheError(
                f"The report {path} cannot be written: {error.strerror}. "
                "Free some space there, or set PRODSIM_CACHE_DIR to a folder that can be written."
            ) from error
        return path


def _unreadable(path: Path, error: OSError) -> CacheError:
    return CacheError(
        f"The report {path} cannot be read: {error.strerror}. Remove it, or set PRODSIM_CACHE_DIR to another folder."
    )
