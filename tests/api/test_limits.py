"""What the server adds to every answer, and what it refuses before a session knows of it."""

import asyncio
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from prodsim.access import Uploads
from prodsim.api.headers import Headers
from prodsim.api.hosts import Hosts
from prodsim.api.messages import LONGEST, Messages
from prodsim.api.uploads import UploadLimits
from tests.api.asgi import HOST, ask

UPLOAD = "/_stcore/upload_file/a-session/a-file"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers "taken"; a session says what it was told."""
    if scope["type"] == "http":
        return await PlainTextResponse("taken")(scope, receive, send)
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] != "websocket.disconnect":
        if message["type"] == "websocket.receive":
            await send({"type": "websocket.send", "body": message["bytes"]})


def told(*messages: bytes) -> list[dict[str, Any]]:
    return [{"type": "websocket.receive", "bytes": message} for message in messages]


def test_no_foreign_page_may_show_the_app_and_the_app_asks_no_other_host() -> None:
    headers = ask(Headers(app, ["'sha256-abc='"])).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["frame-ancestors"] == "'none'" and headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
    assert "'sha256-abc='" in policy["script-src"]
    sources = {source for sources in policy.values() for source in sources.split()}
    assert sources == {"'self'", "'none'", "data:", "blob:", "'unsafe-inline'", "'wasm-unsafe-eval'", "'sha256-abc='"}
    assert "'unsafe-inline'" not in policy["script-src"] and "data:" not in policy["script-src"]


def test_another_name_is_answered_with_a_sentence() -> None:
    server = Hosts(app, "shop", lambda host: host == "shop.example")
    assert ask(server).body == b"taken"

    for headers in ({"host": "evil.example"}, {}):
        answer = ask(server, headers=headers)
        assert answer.status == 421 and b"server.allowedHosts" in answer.body
        assert ask(server, "/shop/_stcore/health", headers=headers).body == b"taken", "who watches over it has no name"
        assert ask(server, "/_stcore/health", headers=headers).status == 421


def test_an_upload_is_taken_if_it_was_asked_for_and_says_its_length() -> None:
    uploads = Uploads(dict)
    server = UploadLimits(app, "", uploads)
    assert ask(server, UPLOAD, "PUT", {**HOST, "content-length": "100"}).status == 403
    uploads.ask("a-session", 1000)
    assert ask(server, UPLOAD, "PUT", {**HOST, "content-length": "100"}).body == b"taken"
    assert ask(server, UPLOAD, "PUT", {**HOST, "content-length": str(10**8)}).status == 413
    in_chunks = {"content-length": "100", "transfer-encoding": "chunked"}
    for length in ({}, {"content-length": "-1"}, {"content-length": "many"}, in_chunks):
        assert ask(server, UPLOAD, "PUT", HOST | length).status == 411
    assert ask(server, UPLOAD.replace("a-session", "another"), "PUT", {**HOST, "content-length": "100"}).status == 403


async def reader(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads all of a request, as Streamlit does, and answers "taken"."""
    while (await receive()).get("more_body"):
        continue
    await PlainTextResponse("taken")(scope, receive, send)


def test_an_upload_that_is_longer_than_it_says_or_does_not_come_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    uploads = Uploads(dict)
    uploads.ask("a-session", 1000)
    server = UploadLimits(reader, "", uploads)
    parts = [{"type": "http.request", "body": b"x" * 60, "more_body": more} for more in (True, True, False)]
    assert ask(server, UPLOAD, "PUT", {**HOST, "content-length": "180"}, told=parts).body == b"taken"
    assert ask(server, UPLOAD, "PUT", {**HOST, "content-length": "100"}, told=parts).status == 413
    monkeypatch.setattr("prodsim.api.uploads.SILENCE", 0.05)
    assert ask(server, UPLOAD, "PUT", {**HOST, "content-length": "180"}, told=[*parts[:1], None]).status == 408


def test_an_upload_that_comes_byte_by_byte_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def without_end(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(5)
        await reader(scope, receive, send)

    uploads = Uploads(dict)
    uploads.ask("a-session", 1000)
    monkeypatch.setattr("prodsim.api.uploads.SILENCE", 0.05)
    server = UploadLimits(without_end, "", uploads)
    assert ask(server, UPLOAD, "PUT", {**HOST, "content-length": "180"}).status == 408


@pytest.mark.parametrize("base", ["", "shop", "/shop/"])
def test_below_a_base_as_well_and_nothing_else_is_looked_at(base: str) -> None:
    server, start = UploadLimits(app, base, Uploads(dict)), f"/{base.strip('/')}".rstrip("/")
    assert ask(server, f"{start}{UPLOAD}", "PUT", {**HOST, "content-length": "100"}).status == 403
    assert ask(server, f"{start}{UPLOAD}", "DELETE").body == b"taken"
    assert ask(server, f"{start}/catalogs").body == b"taken"


def test_a_session_is_told_what_it_takes_and_nothing_else() -> None:
    server = Messages(app, lambda message: message != b"clear")
    answer = ask(server, kind="websocket", told=told(b"run", b"clear", b"stop"))
    assert answer.body == b"runstop"
    assert ask(server).body == b"taken"


def test_a_message_is_not_looked_at_if_it_is_long_and_text_is_passed_over() -> None:
    server = Messages(app, lambda message: pytest.fail("it is looked at"))
    long = b"x" * (LONGEST + 1)
    assert ask(server, kind="websocket", told=[{"type": "websocket.receive", "text": "run"}, *told(long)]).body == long


@pytest.mark.parametrize(
    ("host", "origin", "opened"),
    [
        ("shop.example:8501", "https://shop.example:8501", True),
        ("shop.example:8501", None, True),
        ("shop.example:8501", "http://localhost:3000", False),
        ("shop.example:8501", "null", False),
        ("evil.example", "http://evil.example", False),
    ],
)
def test_a_session_is_for_a_page_of_the_host_that_is_asked(host: str, origin: str | None, opened: bool) -> None:
    server = Hosts(app, "", lambda name: name == "shop.example:8501")
    headers = {"host": host} | ({"origin": origin} if origin else {})
    answer = ask(server, "/_stcore/stream", headers=headers, kind="websocket", told=told(b"run"))
    assert (answer.body, answer.closed) == ((b"run", None) if opened else (b"", 1008))
