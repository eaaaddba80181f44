"""Requests to an ASGI application, told as a server tells them: exactly so, which no client of good manners would."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp

HOST = {"host": "shop.example"}


@dataclass(frozen=True)
class Answer:
    """What came back. `closed`: the code that a WebSocket was closed with, None if it was not."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    closed: int | None = None


def ask(
    app: ASGIApp,
    address: str = "/",
    method: str = "GET",
    headers: Mapping[str, str] = HOST,
    *,
    kind: str = "http",
    told: Sequence[Mapping[str, Any] | None] = (),
) -> Answer:
    """The answer to a request that comes in these parts, or to a WebSocket that tells these messages after it connects.
    After None nothing comes any more.
    """
    path, _, query = address.partition("?")
    first = {"type": "http.request", "body": b""} if kind == "http" else {"type": "websocket.connect"}
    coming = iter(told if kind == "http" and told else [first, *told])
    sent: list[Any] = []

    async def receive() -> Any:
        message = next(coming, {"type": f"{kind}.disconnect"})
        if message is None:
            await asyncio.sleep(60)
        return message

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": kind, "method": method, "path": path, "query_string": query.encode("latin-1"), "scheme": kind}
    scope |= {"headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]}
    scope |= {"root_path": "", "http_version": "1.1", "client": ("10.0.0.1", 1234)}
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    start = next((each for each in sent if each["type"] == "http.response.start"), {"status": 0, "headers": ()})
    return Answer(
        start["status"],
        {name.decode(): value.decode("latin-1") for name, value in start["headers"]},
        b"".join(each.get("body", b"") for each in sent),
        next((each["code"] for each in sent if each["type"] == "websocket.close"), None),
    )
