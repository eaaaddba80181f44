"""A visitor of the running app, who speaks to it over the WebSocket as a browser does."""

import asyncio
import json
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
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).parent.parent
TOKEN = "_streamlit_xsrf"
LOOPBACK = "127.0.0.1"


class _From(HTTPAdapter):
    """Connects from one address of this machine."""

    def __init__(self, source: str) -> None:
        self._source = source
        super().__init__()

    def init_poolmanager(self, *sizes: Any, **options: Any) -> None:
        """As it is asked for, but from there."""
        super().init_poolmanager(*sizes, **options, source_address=(self._source, 0))


class Visitor:
    """A session, at Search to begin with. `cards`: ids of the products that its page shows, as results or at first;
    `errors`: what a page said, and pages without a card, as Catalogs is.
    """

    def __init__(self, socket: ClientConnection, address: str, source: str = LOOPBACK) -> None:
        """`source`: the address of this machine that files come from."""
        self.socket = socket
        self.address = address
        self.http = requests.Session()
        self.http.mount("http://", _From(source))
        self.session = ""
        self.place = {"page_script_hash": "", "query_string": ""}
        self.ids: dict[str, str] = {}
        self.cards: list[str] = []
        self.errors: list[str] = []
        self._shown_by = ""

    async def open(self) -> None:
        """The start page."""
        await self._run()

    async def go(self, place: str, query: str = "") -> None:
        """Another place, by its path in the address, with what the address says after it."""
        self.place = {"page_script_hash": "", "page_name": place, "query_string": query}
        await self._run()

    async def search_on(self, product_id: str) -> None:
        """Follow a card."""
        await self._tell(self._shown_by, "choose", product_id)

    async def mark(self, name: str, product_id: str) -> None:
        """Press "more" or "less" on a card."""
        await self._tell(self._shown_by, "act", [name, product_id])

    async def choose(self, key: str, state: WidgetState) -> None:
        """Set a widget. What is drawn in a popover wants it open first."""
        state.id = self.ids[key]
        await self._run(state)

    async def press(self, key: str) -> None:
        """Click a button."""
        await self.choose(key, WidgetState(trigger_value=True))

    async def drop(self, photos: Sequence[bytes]) -> None:
        """Drop photos on the page: it asks for the uploader, sends them, and hands them to it."""
        await self._tell("files from anywhere", "missing", True)
        while not any(key.startswith("upload ") for key in self.ids):  # what ended was a run from before
            await self._read_on()
        files = [await asyncio.to_thread(self.send, photo) for photo in photos]
        about = [{"name": f"{number}.jpg", "size": 1, "file_id": file} for number, file in enumerate(files)]
        uploader = next(key for key in self.ids if key.startswith("upload "))
        await self.choose(uploader, WidgetState(file_uploader_state_value={"uploaded_file_info": about}))

    def send(self, photo: bytes, name: str = "photo.jpg", kind: str = "image/jpeg") -> str:
        """A photo, or a file of another name and type, under an id."""
        file = uuid.uuid4().hex
        token = self.http.get(f"{self.address}/_stcore/health", timeout=60).cookies[TOKEN]
        self.http.put(
            f"{self.address}/_stcore/upload_file/{self.session}/{file}",
            files={"file": (name, photo, kind)},
            headers={"X-Xsrftoken": token},
            cookies={TOKEN: token},
            timeout=60,
        ).raise_for_status()
        return file

    async def _tell(self, key: str, event: str, value: object) -> None:
        """What a component of ours tells when something is done in it."""
        told = json.dumps([{"event": event, "value": value}])
        id_ = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{self.ids[key]}__events"
        await self._run(WidgetState(id=id_, json_trigger_value=told))

    async def _run(self, *changed: WidgetState) -> None:
        """Ask for the page and read it to its end. The server remembers what was told before."""
        asked = BackMsg()
        for name, value in self.place.items():
            setattr(asked.rerun_script, name, value)
        asked.rerun_script.widget_states.widgets.extend(changed)
        await self.socket.send(asked.SerializeToString())
        await self._read_on()

    async def _read_on(self) -> None:
        """Read what comes to the end of a run."""
        async for message in self.socket:
            assert isinstance(message, bytes)
            told = ForwardMsg.FromString(message)
            kind = told.WhichOneof("type")
            if kind == "new_session":
                self.ids, self.cards = {}, []
                self.session = told.new_session.initialize.session_id
            elif kind == "navigation":
                self.place["page_script_hash"] = told.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.place["query_string"] = told.page_info_changed.query_string
            elif kind == "delta":
                self._read(told)
            elif kind == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                break
        if not self.cards:
            self.errors.append("no cards")

    def _read(self, told: ForwardMsg) -> None:
        element, block = told.delta.new_element, told.delta.add_block
        kind = element.WhichOneof("type")
        if kind == "exception" or (kind == "alert" and element.alert.format in (Alert.ERROR, Alert.WARNING)):
            self.errors.append(str(getattr(element, kind))[:200])
            return
        id_ = block.popover.id or (getattr(getattr(element, kind), "id", "") if kind else "")
        if not id_:
            return
        *_, key = id_.split("-", 2)
        self.ids[key] = id_
        if kind == "bidi_component" and element.bidi_component.component_name == "cards":
            drawn = json.loads(element.bidi_component.json)
            if not drawn["waiting"]:
                self._shown_by, self.cards = key, [card["id"] for card in drawn["cards"]]


@contextmanager
def app(cache: str, root: Path = ROOT, **settings: str) -> Iterator[tuple[str, int]]:
    """The address and the process of the app in the checkout `root`, on the demo and with the encoder `mini` unless
    `settings`, environment variables, say something else.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = (
        os.environ | {"PRODSIM_CACHE_DIR": cache, "PRODSIM_ENCODER": "mini", "PRODSIM_OFFLINE": "1"} | settings
    )
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    server = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL)
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


def visit(address: str, source: str = LOOPBACK) -> connect:
    """A new session, opened with `async with`, from this address of this machine. It waits as long as it takes: that is
    what is measured.
    """
    url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    return connect(
        url,
        origin=address,
        subprotocols=["streamlit"],
        local_addr=(source, 0),
        max_size=None,
        open_timeout=None,
        ping_interval=None,
    )


def memory(process: int) -> float:
    """Resident memory, MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
