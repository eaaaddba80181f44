"""Reports in the cache: sealed JSON files, one for each question, which holds what was asked beside the answer."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from prodsim.config import Settings
from prodsim.errors import CacheError
from prodsim.evaluation.report import Question, Report
from prodsim.storage import seal, set_aside, to_json, unseal, write_whole

_FORM = TypeAdapter(Report)


class Reports:
    """The reports that are kept in one folder, a file for each question.

    `notices`: which files were damaged and set aside, in sentences.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notices: list[str] = []

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

        A file that is damaged, of another format or about something else is no answer, and is set aside. CacheError if
        it cannot be read.
        """
        return self._read(self.path(question))

    def about(self, digest: str) -> list[Report]:
        """Every report on the catalog of this digest. Files that are none are set aside; CacheError as `find`."""
        found = map(self._read, sorted(self.folder.glob("*.json")))
        return [report for report in found if report and report.question.catalog.digest == digest]

    def digests(self) -> set[str]:
        """Those of all catalogs that reports are on. CacheError as `find`."""
        found = map(self._read, sorted(self.folder.glob("*.json")))
        return {report.question.catalog.digest for report in found if report}

    def forget(self, digests: Collection[str]) -> None:
        """Remove every report on the catalogs of these digests. What cannot be removed stays. CacheError as `find`."""
        for path in sorted(self.folder.glob("*.json")) if digests else ():
            if (report := self._read(path)) and report.question.catalog.digest in digests:
                with suppress(OSError):
                    path.unlink()

    def keep(self, report: Report) -> Path:
        """Write it, whole or not at all; where it is. CacheError if it cannot be written."""
        path = self.path(report.question)
        write_whole(path, [seal(_FORM.dump_json(report))])
        return path

    def _read(self, path: Path) -> Report | None:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreadable(path, error) from error
        content = unseal(data)
        reason = "is damaged"
        if content is not None:
            try:
                report = _FORM.validate_json(content)
                if self.path(report.question) == path:
                    return report
                reason = "answers another question than its name says"
            except ValidationError:
                reason = "is of another format"
        aside = set_aside(path)
        self.notices.append(f"The report {path} {reason}. It was set aside as {aside.name}; measure again.")
        return None


def _unreadable(path: Path, error: OSError) -> CacheError:
    return CacheError(
        f"The report {path} cannot be read: {error.strerror}. Remove it, or set PRODSIM_CACHE_DIR to another folder."
    )
