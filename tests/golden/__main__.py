"""python -m tests.golden: ask anew, write the answers, say which files changed.

Look at what changed before you keep it. A refresh is a commit of its own, and its message says why the answers are
other ones now: nobody can tell from the numbers.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.golden import addresses, commands, demo, documents, fingerprints, real, shop
from tests.needs import REAL_DATA

Answers = Callable[[Path], dict[str, Any]]


def main() -> None:
    """Files that need real data are left as they are where there is none."""
    logging.disable(logging.WARNING)  # Streamlit's, for there is no browser
    with _own_world() as folder, addresses.server():
        demo.prepare(folder)
        for name, answers in FILES.items():
            _write(name, answers(folder))
        catalog = REAL_DATA / real.FILE
        if catalog.is_file():
            real.prepare(catalog, folder)
            _write("real", _real(catalog, folder))
        else:
            _say(f"real.json: left as it is, for {catalog} is not here")


def _demo(folder: Path) -> dict[str, Any]:
    return {case: demo.searched(folder, case) for case in demo.SEARCHES}


def _demo_catalog(folder: Path) -> dict[str, Any]:
    return {"stats": demo.counted(folder), "tables": {case: demo.table(folder, case) for case in demo.TABLES}}


def _demo_quality(folder: Path) -> dict[str, Any]:
    return {case: demo.evaluated(folder, case) for case in demo.EVALUATIONS} | {"judgments": demo.judged(folder)}


def _addresses(folder: Path) -> dict[str, Any]:
    return {
        "names": addresses.names(),
        "menu": addresses.menu(folder),
        "opened": {script: addresses.opened(folder, script) for script in addresses.SCRIPTS},
        "visited": {visit: addresses.visited(folder, visit) for visit in addresses.VISITS},
    }


def _real(catalog: Path, folder: Path) -> dict[str, Any]:
    return {
        way: {query: real.searched(catalog, folder, way, query) for query in real.choose(catalog, folder, way)}
        for way in real.WAYS
    }


FILES: dict[str, Answers] = {
    "searches": _demo,
    "catalog": _demo_catalog,
    "quality": _demo_quality,
    "shop": shop.answers,
    "commands": lambda folder: commands.answers(),
    "addresses": _addresses,
    "fingerprints": fingerprints.answers,
}


@contextmanager
def _own_world() -> Iterator[Path]:
    """A folder for all that is kept, nothing of the user's settings, and no network: as in the tests."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PRODSIM_")]:
            patch.delenv(name)
        patch.delenv("COLUMNS", raising=False)
        patch.setenv("PRODSIM_OFFLINE", "1")
        patch.setenv("TF_CPP_MIN_LOG_LEVEL", "3")
        for name in ("HOME", "XDG_CACHE_HOME", "KERAS_HOME"):
            patch.setenv(name, folder)
        yield Path(folder)


def _write(name: str, answers: dict[str, Any]) -> None:
    """Write the answers, and say in how many places they differ from the stored ones."""
    path, stored = documents.path_of(name), documents.read(name)
    told = [*documents.differences(stored, answers)]
    path.write_text(documents.to_text(documents.refreshed(stored, answers)), encoding="utf-8")
    _say(f"{path.name}: {f'CHANGED, differences: {len(told)}' if stored and told else 'new' if told else 'unchanged'}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
