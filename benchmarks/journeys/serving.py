"""The app as a visitor finds it, and a catalog indexed before anybody comes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 180
"""Seconds for the app to answer."""


@dataclass(frozen=True)
class App:
    """The app while it runs; `process`: its id."""

    address: str
    process: int

    def work(self) -> float:
        """Seconds that it has had a processor to itself, on all cores together."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")  # utime and stime: proc(5)


@contextmanager
def serve(home: Path, **settings: str) -> Iterator[App]:
    """The app, as soon as it answers; `settings` are environment variables on top."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    with (home / "log").open("ab") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment(home, **settings), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        until = time.monotonic() + PATIENCE
        while not _answers(port):
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"The app did not start: {(home / 'log').read_text()}")
            time.sleep(0.05)
        yield App(f"http://127.0.0.1:{port}", server.pid)
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:  # now and then it waits for a browser that is still connected
            server.kill()
            server.wait()


def index(home: Path, **settings: str) -> None:
    """Index the catalog of `settings` with the command line."""
    command = [sys.executable, "-m", "prodsim", "index"]
    subprocess.run(command, cwd=ROOT, env=environment(home, **settings), check=True, capture_output=True)


def environment(home: Path, **settings: str) -> dict[str, str]:
    """The environment with nothing of the user's, a cache of its own, and no network."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PRODSIM_")}
    return own | {"HOME": str(home), "PRODSIM_CACHE_DIR": str(home / "cache"), "PRODSIM_OFFLINE": "1"} | settings


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
