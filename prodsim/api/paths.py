"""Paths as they are below the address of the app (`server.baseUrlPath`), and the refusal of a session."""

from starlette.types import Receive, Scope, Send

POLICY_VIOLATION = 1008
HEALTH = "_stcore/health"
"""Says whether the server is well."""


def path_below(base: str, scope: Scope) -> str:
    """The path of a request without the base and the slash after it; as it is if it is not below the base."""
    path: str = scope["path"]
    start = "/".join(("", *filter(None, base.split("/")), ""))
    return path.removeprefix(start)


async def refuse_session(receive: Receive, send: Send) -> None:
    """Answer a WebSocket before it is one: with the status 403."""
    await receive()
    await send({"type": "websocket.close", "code": POLICY_VIOLATION})
