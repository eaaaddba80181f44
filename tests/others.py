"""Other processes of the app: what they run, and what they tell before they end or are killed.

They are forked from a process that has imported everything, so that each takes milliseconds to start.
"""

import ctypes
import io
import multiprocessing
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from prodsim.catalog import Library, look_into, uploaded
from prodsim.cli import app
from prodsim.config import load_settings
from prodsim.encoders import require
from prodsim.errors import ProdsimError
from prodsim.index import build

NAME = "shop"
SECONDS = 120


class Other:
    """A process that runs one of the functions below."""

    def __init__(self, process: BaseProcess, told: Connection) -> None:
        self.process = process
        self._told = told

    def next(self) -> Any:
        """What it tells next."""
        assert self._told.poll(SECONDS), "it is silent"
        return self._told.recv()

    def rest(self) -> list[Any]:
        """All that it tells until it ends."""
        told = []
        try:
            while True:
                told.append(self.next())
        except EOFError:
            self.process.join(SECONDS)
            return told


@contextmanager
def other(run: Callable[..., None], *arguments: object) -> Iterator[Other]:
    """It runs `run(tell, *arguments)`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=run, args=(there, *arguments))
    process.start()
    there.close()
    try:
        yield Other(process, here)
    finally:
        process.kill()
        process.join()
        here.close()


def importing(told: Connection, cache: Path, archive: Path, largest: int = 0, after: int = 0) -> None:
    """Import a ZIP as the app does, and tell each step that is done: ready, unpacked, how many are embedded, added.

    What unpickles a class or function ends the process.
    `largest`: bytes that no file may exceed once so many are embedded, so that a write fails in its midst, as on a
    full disk.
    """
    sys.addaudithook(_refuse)
    build.BATCH = 4
    settings = load_settings(cache_dir=cache)
    told.send("ready")
    try:
        if largest and not after:
            _limit(largest)
        library, source = Library(settings), uploaded(io.BytesIO(archive.read_bytes()), "shop.zip", settings)
        library.sweep()
        look_into(source, settings)
        with library.unpacked(source) as catalog:
            told.send("unpacked")
            encoder = require("pixels", settings)
            for step in build.index(catalog, encoder, settings):
                told.send(step.done)
                if after and step.done >= after:
                    _limit(largest)
            if NAME not in library.names():
                library.add(NAME, catalog)
        told.send("added")
    except ProdsimError as error:
        told.send(str(error))


def _limit(largest: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))


def commanding(told: Connection, commands: Sequence[Sequence[str]], bound: Path | None = None) -> None:
    """Run command lines and tell how each ended: exit code, stdout, stderr.

    What unpickles a class or function ends the process. `bound`: permissions hold, even for the superuser; temporary
    files go there.
    """
    if bound:
        tempfile.tempdir = str(bound)
        header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        ctypes.CDLL(None).capset(header, none)  # gives up all privileges, for good
    sys.addaudithook(_refuse)
    for command in commands:
        done = CliRunner().invoke(app, command)
        told.send((done.exit_code, done.stdout, done.stderr))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "pickle.find_class":
        raise SystemExit(f"unpickles {arguments}")
