"""What the server refuses: pages of other addresses, names that are not its own, uploads that are too large. And where
the addresses of pages that are gone lead.
"""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from tests.browser.serving import serve

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}
OPENED, FORBIDDEN = 101, 403
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
