"""Many visitors at once, each in a session of its own over the WebSocket, as a browser has it: how long they wait.

Starts the app on the demo, and lets one visitor wait until it is indexed. Then VISITORS come at once and, with two to
five seconds between, search on from a result or upload a photo, for SECONDS. At last CYCLES visitors open the
app, search and close it, one after another; the server's memory is compared between the first and the last of them.
"""

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil
import requests
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from prodsim.ui.resources import SAMPLES

ROOT = Path(__file__).parent.parent
BETWEEN = (2.0, 5.0)
"""Seconds between two actions of a visitor."""
SETTLED = 5
"""Cycles before memory is compared: the first ones fill caches that are bounded."""
TOKEN = "_streamlit_xsrf"


class Visitor:
    """A session. `errors`: what a page said, and searches without a result."""

    def __init__(self, socket: ClientConnection, address: str) -> None:
        self.socket = socket
        self.address = address
        self.session = ""
        self.ids: dict[str, str] = {}
        self.chosen: dict[str, WidgetState] = {}
        self.errors: list[str] = []

    async def open(self) -> None:
        """The page of look-alikes."""
        await self._run()

    async def search_on(self) -> None:
        """Click a result."""
        await self._choose("way", WidgetState(string_array_value={"data": ["Product"]}))
        button = random.choice([key for key in self.ids if key.startswith("look-alikes of ")])
        await self._run(WidgetState(id=self.ids[button], trigger_value=True))

    async def upload(self) -> None:
        """A sample photo, by other bytes each time."""
        await self._choose("way", WidgetState(string_array_value={"data": ["Photo"]}))
        photo = random.choice([*SAMPLES.iterdir()]).read_bytes() + os.urandom(8)
        file = uuid.uuid4().hex
        await asyncio.to_thread(self._send, file, photo)
        about = {"name": "photo.jpg", "size": len(photo), "file_id": file}
        state = WidgetState(file_uploader_state_value={"uploaded_file_info": [about]})
        await self._choose("upload", state)

    def _send(self, file: str, photo: bytes) -> None:
        token = requests.get(f"{self.address}/_stcore/health", timeout=60).cookies[TOKEN]
        requests.put(
            f"{self.address}/_stcore/upload_file/{self.session}/{file}",
            files={"file": ("photo.jpg", photo, "image/jpeg")},
            headers={"X-Xsrftoken": token},
            cookies={TOKEN: token},
            timeout=60,
        ).raise_for_status()

    async def _choose(self, key: str, state: WidgetState) -> None:
        state.id = self.ids[key]
        if self.chosen.get(key) != state:
            self.chosen[key] = state
            await self._run()

    async def _run(self, *pressed: WidgetState) -> None:
        """Ask for the page and read it to its end."""
        asked = BackMsg()
        asked.rerun_script.page_name = "similar"
        asked.rerun_script.widget_states.widgets.extend([*self.chosen.values(), *pressed])
        self.ids = {}
        await self.socket.send(asked.SerializeToString())
        async for message in self.socket:
            assert isinstance(message, bytes)
            told = ForwardMsg.FromString(message)
            kind = told.WhichOneof("type")
            if kind == "new_session":
                self.session = told.new_session.initialize.session_id
            elif kind == "delta":
                self._read(told)
            elif kind == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                break
        if not pressed and "upload" in self.ids and "upload" not in self.chosen:
            return  # the page asks for a photo
        if not any(key.startswith("look-alikes of ") for key in self.ids):
            self.errors.append("no results")

    def _read(self, told: ForwardMsg) -> None:
        element = told.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception" or (kind == "alert" and element.alert.format in (Alert.ERROR, Alert.WARNING)):
            self.errors.append(str(getattr(element, kind))[:200])
        elif kind and hasattr(getattr(element, kind), "id"):
            *_, key = getattr(element, kind).id.split("-", 2)
            self.ids[key] = getattr(element, kind).id


@contextmanager
def app(cache: str) -> Iterator[tuple[str, psutil.Process]]:
    """The app on the demo with the encoder `mini`, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"PRODSIM_CACHE_DIR": cache, "PRODSIM_ENCODER": "mini", "PRODSIM_OFFLINE": "1"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.5)
        yield address, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait()


def visit(address: str) -> connect:
    """A new session, opened with `async with`. It waits as long as it takes, which is what is measured."""
    url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    return connect(
        url, origin=address, subprotocols=["streamlit"], max_size=None, open_timeout=None, ping_interval=None
    )


async def stay(address: str, until: float, times: dict[str, list[float]], errors: list[str]) -> None:
    """One visitor's stay."""
    await asyncio.sleep(random.uniform(0, BETWEEN[1]))
    start = time.perf_counter()
    async with visit(address) as socket:
        visitor, action = Visitor(socket, address), "open"
        while True:
            try:
                await getattr(visitor, action)()
            except (OSError, WebSocketException, LookupError) as error:  # the last: a page without what it should have
                errors.append(f"{action}: {error!r}")
                break
            times.setdefault(action, []).append(time.perf_counter() - start)
            if time.monotonic() > until:
                break
            await asyncio.sleep(random.uniform(*BETWEEN))
            action = random.choice(("search_on", "search_on", "upload"))
            start = time.perf_counter()
        errors += visitor.errors


async def measure(address: str, process: psutil.Process, visitors: int, seconds: float, cycles: int) -> None:
    """Print what the visitors waited, and the memory."""

    async def once() -> list[str]:
        async with visit(address) as socket:
            visitor = Visitor(socket, address)
            await visitor.open()
            await visitor.search_on()
            await visitor.upload()
            return visitor.errors

    errors = await once()
    assert not errors, errors
    times: dict[str, list[float]] = {}
    until = time.monotonic() + seconds
    await asyncio.gather(*(stay(address, until, times, errors) for _ in range(visitors)))
    every = [one for some in times.values() for one in some]
    for action, some in [*times.items(), ("all", every)]:
        middle, late = np.percentile(some, [50, 95])
        print(f"{action:10} {len(some):5} times, median {middle:5.2f} s, p95 {late:5.2f} s, worst {max(some):5.2f} s")
    print(f"errors: {len(errors)} {sorted(set(errors))[:5]}")

    sizes = []
    for _ in range(SETTLED + cycles):
        errors += await once()
        sizes.append(process.memory_info().rss / 2**20)
    first, last = sizes[SETTLED - 1], sizes[-1]
    print(f"memory after {cycles} more visits: {first:.0f} -> {last:.0f} MB ({last / first - 1:+.1%})")
    print(f"errors in all: {len(errors)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=25)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--cycles", type=int, default=50)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache, app(cache) as (address, process):
        asyncio.run(measure(address, process, given.visitors, given.seconds, given.cycles))
