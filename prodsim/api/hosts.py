"""The names that the server answers to. Streamlit looks at them where a session begins, and nowhere else.

Whether the server is well is told to anybody: who watches over it asks by its number.
"""

from collections.abc import Callable

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from prodsim.api.paths import HEALTH, path_below, refuse_session

MISDIRECTED = 421


class Hosts:
    """Answers no other name: a page elsewhere could bend one of its own to this machine (DNS rebinding). And it opens a
    session only to a page of the very host that is asked: for any other Streamlit would ask a host of Amazon which
    address this machine has, and let all wait for that.
    """

    def __init__(self, app: ASGIApp, base: str, answers_to: Callable[[str | None], bool]) -> None:
        self._app = app
        self._base = base
        self._answers_to = answers_to

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "lifespan" or self._is_answered(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await refuse_session(receive, send)
        else:
            refusal = PlainTextResponse(
                "This app does not answer to the name in this address. Those who run it say by which names it is "
                "called: server.allowedHosts, see docs/deployment.md.\n",
                status_code=MISDIRECTED,
            )
            await refusal(scope, receive, send)

    def _is_answered(self, scope: Scope) -> bool:
        headers = HTTPConnection(scope).headers
        host, origin = headers.get("Host"), headers.get("Origin")
        if scope["type"] == "websocket" and origin is not None and origin.partition("://")[2] != host:
            return False
        return path_below(self._base, scope) == HEALTH or self._answers_to(host)
