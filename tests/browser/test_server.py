"""What the server refuses: pages of other addresses, names that are not its own, uploads that no page asked for. And
where the addresses of pages that are gone lead.
"""

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import urljoin, urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.browser.serving import serve
from tests.needs import need

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}
OPENED, FORBIDDEN, MISDIRECTED = 101, 403, 421
QUERY = "product=10010&color=Navy%20Blue&color=Red+%26+White&k=7&more="
MOVED = {
    "similar": f"?{QUERY}",
    "compare": f"?{QUERY}&tab=compare",
    "how": f"?{QUERY}&tab=steps",
    "your_catalog": f"catalogs?{QUERY}",
}
"""The last part of an old address -> what the new one ends with."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app as it is deployed, knowing its names."""
    with serve(tmp_path_factory.mktemp("server"), STREAMLIT_SERVER_ALLOWED_HOSTS="shop.example 127.0.0.1") as address:
        yield address


def ask(address: str, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request(method, urlsplit(address).path + path, body, headers)
    answer = connection.getresponse()
    connection.close()
    return answer


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("shop.example", "http://shop.example", OPENED),
        ("shop.example", "http://evil.example", FORBIDDEN),
        ("evil.example", "http://evil.example", FORBIDDEN),
    ],
    ids=["its own page", "a page of another address", "a name that was bent to this machine"],
)
def test_only_pages_of_its_own_names_may_talk_to_it(address: str, host: str, origin: str, status: int) -> None:
    answer = ask(address, "GET", "/_stcore/stream", {**HANDSHAKE, "Host": host, "Origin": origin})
    assert answer.status == status


@pytest.mark.parametrize("path", ["/", "/catalogs", "/_stcore/metrics", "/static/x.js", "/similar"])
def test_nothing_is_answered_to_a_name_that_was_bent_to_this_machine(address: str, path: str) -> None:
    assert ask(address, "GET", path, {"Host": "evil.example"}).status == MISDIRECTED
    assert ask(address, "GET", path, {"Host": "shop.example"}).status != MISDIRECTED


def test_no_other_page_may_show_it_in_a_frame(address: str) -> None:
    for path in ("/", "/nothing-here", "/_stcore/health"):
        assert "frame-ancestors 'none'" in ask(address, "GET", path, {}).getheader("Content-Security-Policy", "")


def test_it_listens_to_this_machine_alone_unless_it_is_opened(address: str) -> None:
    table = Path("/proc/net/tcp")
    need(table.exists(), f"{table}, which says who listens")
    sockets = [line.split() for line in table.read_text().splitlines()[1:]]
    listening = [local for _, local, _, state, *_ in sockets if state == "0A"]
    port = f"{urlsplit(address).port:04X}"
    assert [each for each in listening if each.endswith(f":{port}")] == [f"0100007F:{port}"]


def test_a_session_sends_no_file_that_its_page_did_not_ask_for(address: str) -> None:
    token = ask(address, "GET", "/_stcore/health", {}).getheader("Set-Cookie", "").split(";")[0]
    asked, told = BackMsg(), ForwardMsg()
    asked.rerun_script.query_string = "product=10001"
    with connect(f"{address.replace('http', 'ws', 1)}/_stcore/stream", origin=Origin(address)) as session:
        session.send(asked.SerializeToString())
        while told.WhichOneof("type") != "new_session":
            told = ForwardMsg.FromString(cast(bytes, session.recv(60)))
        place = f"/_stcore/upload_file/{told.new_session.initialize.session_id}/a-file"
        answer = ask(address, "PUT", place, {"Cookie": token, "X-Xsrftoken": token.partition("=")[2]}, b"photo")
    assert answer.status == FORBIDDEN


def test_nor_one_in_chunks_whatever_length_it_says(address: str) -> None:
    headers = {"Content-Length": "5", "Transfer-Encoding": "chunked"}
    assert ask(address, "PUT", "/_stcore/upload_file/a/b", headers, b"5\r\nphoto\r\n0\r\n\r\n").status == 411


def test_other_pages_may_not_read_its_answers(address: str) -> None:
    answer = ask(address, "GET", "/_stcore/health", {"Origin": "http://evil.example"})
    assert answer.getheader("Access-Control-Allow-Origin") not in ("*", "http://evil.example")


def test_a_file_without_the_token_of_a_visit_is_refused(address: str, tmp_path: Path) -> None:
    assert ask(address, "PUT", "/_stcore/upload_file/a/b", {}, b"photo").status == FORBIDDEN


def led_to(address: str, page: str) -> str:
    """The new address of an old page, as a browser understands the answer."""
    answer = ask(address, "GET", f"/{page}?{QUERY}", {})
    assert answer.status == 307
    return urljoin(f"{address}/{page}?{QUERY}", answer.getheader("Location"))


def test_old_addresses_lead_to_the_same_query_in_the_new_place(address: str) -> None:
    assert {page: led_to(address, page) for page in MOVED} == {old: f"{address}/{new}" for old, new in MOVED.items()}
    assert ask(address, "GET", "//evil.example/similar", {}).status == 400


def test_they_do_so_below_a_base_address(tmp_path: Path) -> None:
    with serve(tmp_path, STREAMLIT_SERVER_BASE_URL_PATH="shop") as address:
        assert address.endswith("/shop")
        for old, new in MOVED.items():
            assert led_to(address, old) == f"{address}/{new}"
        assert ask(address, "GET", "/", {}).status == 200
