"""A visitor of the running app, who speaks to it over the WebSocket as a browser does."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).parent.parent
TOKEN = "_streamlit_xsrf"


class Visitor:
    """A session on the page of look-alikes. `errors`: what a page said, and searches without a result."""

    def __init__(self, socket: ClientConnection, address: str) -> None:
        self.socket = socket
        self.address = address
        self.session = ""
        self.ids: dict[str, str] = {}
        self.chosen: dict[str, WidgetState] = {}
        self.errors: list[str] = []

    async def open(self) -> None:
        """The page of look-alikes."""
        await self.run()

    async def choose(self, key: str, state: WidgetState) -> None:
        """Set a widget, unless it is so."""
        state.id = self.ids[key]
        if self.chosen.get(key) != state:
            self.chosen[key] = state
            await self.run()

    async def press(self, key: str) -> None:
        """Click a button."""
        await self.run(WidgetState(id=self.ids[key], trigger_value=True))

    async def offer(self, files: Sequence[str]) -> None:
        """Give the uploader what `send` has sent."""
        about = [{"name": f"{number}.jpg", "size": 1, "file_id": file} for number, file in enumerate(files)]
        uploader = next(key for key in self.ids if key.startswith("upload "))
        await self.choose(uploader, WidgetState(file_uploader_state_value={"uploaded_file_info": about}))

    def send(self, photo: bytes) -> str:
        """A photo, under an id."""
        file = uuid.uuid4().hex
        token = requests.get(f"{self.address}/_stcore/health", timeout=60).cookies[TOKEN]
        requests.put(
            f"{self.address}/_stcore/upload_file/{self.session}/{file}",
            files={"file": ("photo.jpg", photo, "image/jpeg")},
            headers={"X-Xsrftoken": token},
            cookies={TOKEN: token},
            timeout=60,
        ).raise_for_status()
        return file

    def results(self) -> list[str]:
        """The keys of the buttons that search on from a result."""
        return [key for key in self.ids if key.startswith("look-alikes of ")]

    async def run(self, *pressed: WidgetState) -> None:
        """Ask for the page and read it to its end."""
        asked = BackMsg()
        asked.rerun_script.page_name = "similar"
        shown = {*self.ids.values()}
        self.chosen = {key: state for key, state in self.chosen.items() if state.id in shown}
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
        asks = any(key.startswith("upload ") for key in self.ids) and "remove photo 0" not in self.ids
        if not (self.results() or asks):
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
def app(cache: str) -> Iterator[tuple[str, int]]:
    """The address and the process of the app on the demo, with the encoder `mini`."""
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
        yield address, server.pid
    finally:
        server.terminate()
        server.wait()


def visit(address: str) -> connect:
    """A new session, opened with `async with`. It waits as long as it takes, which is what is measured."""
    url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    return connect(
        url, origin=address, subprotocols=["streamlit"], max_size=None, open_timeout=None, ping_interval=None
    )


def memory(process: int) -> float:
    """Resident memory, MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
