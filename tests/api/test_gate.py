"""Who gets past the gate, and what a stranger gets."""

from collections.abc import Sequence

import pytest
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from prodsim.api.gate import Gate
from prodsim.errors import ConfigError
from tests.api.asgi import HOST, Answer, ask

SECRET = "a page of the app"


async def page(request: HTTPConnection) -> PlainTextResponse:
    return PlainTextResponse(SECRET)


async def session(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(SECRET)
    await socket.close()


ROUTES: Sequence[BaseRoute] = [
    WebSocketRoute("/{path:path}", session),
    Route("/{path:path}", page, methods=["GET", "PUT"]),
]


def who(connection: HTTPConnection) -> str | None:
    """Nobody is let in but the cookie's "boss"; nothing is known about "broken"."""
    if connection.cookies.get("who") == "broken":
        raise ConfigError("The secrets <cannot> be read.")
    return None if connection.cookies.get("who") == "boss" else connection.cookies.get("who", "")


def gate(base: str = "") -> ASGIApp:
    return Gate(Starlette(routes=ROUTES), base, who, lambda: "https://provider.example/?token=1")


def at_gate(path: str, cookie: str = "", base: str = "", method: str = "GET") -> Answer:
    return ask(gate(base), path, method, {**HOST, "cookie": f"who={cookie}"} if cookie else HOST)


@pytest.mark.parametrize(
    "path",
    ["/", "/catalogs", "/nothing-here", "/_stcore/metrics", "/_stcore/upload_file/a/b", "/static/x.js", "/media/x.png"],
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_stranger_gets_the_same_whatever_is_asked_for(path: str, method: str) -> None:
    answer = at_gate(path, method=method)
    assert (answer.status, answer.body) == (401, at_gate("/").body)
    assert b'href="/sign-in"' in answer.body and SECRET.encode() not in answer.body


@pytest.mark.parametrize("path", ["/_stcore/health", "/auth/login", "/auth/logout", "/oauth2callback?state=1"])
def test_the_way_in_and_out_and_whether_the_server_is_well_are_open(path: str) -> None:
    assert at_gate(path).body == SECRET.encode()
    assert at_gate(f"/shop{path}", base="shop").body == SECRET.encode()
    assert at_gate(path, base="shop").status == 401


@pytest.mark.parametrize(
    "path",
    ["/auth/login/x", "/auth", "/x/_stcore/health", "/_stcore/health/x", "/shopping/auth/login", "/shop//auth/login"],
)
def test_nothing_beside_them_is(path: str) -> None:
    assert at_gate(path).status == 401
    assert at_gate(path, base="shop").status == 401


def test_a_stranger_opens_no_session() -> None:
    for cookie in ("", "ann@shop.example", "broken"):
        headers = {**HOST, "cookie": f"who={cookie}"} if cookie else HOST
        answer = ask(gate(), "/_stcore/stream", headers=headers, kind="websocket")
        assert answer.closed == 1008 and not answer.body
    assert ask(gate(), "/_stcore/stream", headers={**HOST, "cookie": "who=boss"}, kind="websocket").closed == 1000


def test_who_is_admitted_gets_all_of_it() -> None:
    for path in ("/", "/catalogs", "/sign-in"):
        assert at_gate(path, "boss").body == SECRET.encode()


def test_the_link_leads_to_the_provider_below_the_base_as_well() -> None:
    assert at_gate("/sign-in").headers["location"] == "https://provider.example/?token=1"
    assert b'href="/shop/sign-in"' in at_gate("/shop/", base="shop").body
    assert at_gate("/shop/sign-in", base="shop").status == 302


def test_who_is_not_on_the_list_is_told_so_and_can_sign_out() -> None:
    answer = at_gate("/", "<b>eve</b>@shop.example")
    assert answer.status == 403
    assert b"&lt;b&gt;eve&lt;/b&gt;@shop.example" in answer.body and b'href="/auth/logout"' in answer.body


def test_where_nobody_can_be_known_nobody_is_let_in_and_the_reason_is_said() -> None:
    for path in ("/", "/sign-in"):
        answer = at_gate(path, "broken")
        assert answer.status == 503 and b"The secrets &lt;cannot&gt; be read." in answer.body
