"""The names that the server answers to. Streamlit looks at them where a session begins, and nowhere else.

Whether the server is well is told to anybody: who watches over it asks by its number.
"""

from collections.abc import Callable

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from prodsim.api.paths import HEALTH, path_below

MISDIRECTED = 421


class Hosts:
    """Answers no other name: a page elsewhere could bend one of its own to this machine (DNS rebinding)."""

    def __init__(self, app: ASGIApp, base: str, answers_to: Callable[[str | None], bool]) -> None:
        self._app = app
        self._base = base
        self._answers_to = answers_to

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        asked = scope["type"] == "http" and path_below(self._base, scope) != HEALTH
        if asked and not self._answers_to(HTTPConnection(scope).headers.get("Host")):
            refusal = PlainTextResponse(
                "This app does not answer to the name in this address. Those who run it say by which names it is "
                "called: server.allowedHosts, see docs/deployment.md.\n",
                status_code=MISDIRECTED,
            )
            return await refusal(scope, receive, send)
        await self._app(scope, receive, send)
