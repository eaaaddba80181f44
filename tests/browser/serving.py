"""The app, running as the README says."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.needs import ROOT


@contextmanager
def serve(home: Path, script: str | Path = "app.py", **settings: str) -> Iterator[str]:
    """The address of the app, or of another script, while it runs.

    `settings` are environment variables on top, `PRODSIM_CATALOG=...`.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PRODSIM_")}
    environment |= {"HOME": str(home), "PRODSIM_CACHE_DIR": str(home / "cache"), "PRODSIM_OFFLINE": "1"} | settings
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true", f"--server.port={port}"]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
    address = "/".join(filter(None, (f"http://127.0.0.1:{port}", settings.get("STREAMLIT_SERVER_BASE_URL_PATH"))))
    try:
        _wait_for(f"{address}/_stcore/health", server, home / "log")
        yield address
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:  # now and then it waits for a browser that is still connected
            server.kill()
            server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"The app did not start: {log.read_text()}")
