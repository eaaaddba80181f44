"""The gate of an app that wants its visitors to sign in: a stranger gets the way to sign in, whatever is asked for."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from prodsim.api.paths import HEALTH, path_below, refuse_session
from prodsim.errors import ConfigError

if TYPE_CHECKING:
    from jinja2 import Template

SIGN_IN = "sign-in"
OPEN = (HEALTH, "auth/login", "auth/logout", "oauth2callback")
"""Paths that answer anybody: whether the server is well, and the way in and out."""

_PAGE = Path(__file__).with_suffix(".html")


class Gate:
    """Lets in whom `stranger` returns None for; else it returns the address that is signed in, empty for none.

    It may raise ConfigError: then nobody is let in. `sign_in` returns where to go to sign in.
    """

    def __init__(
        self, app: ASGIApp, base: str, stranger: Callable[[HTTPConnection], str | None], sign_in: Callable[[], str]
    ) -> None:
        self._app = app
        self._base = base
        self._stranger = stranger
        self._sign_in = sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "lifespan" or path_below(self._base, scope) in OPEN:
            return await self._app(scope, receive, send)
        answer = self._answer(scope)
        if answer is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await refuse_session(receive, send)
        else:
            await answer(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        """What a stranger gets; None for anybody else."""
        try:
            stranger = self._stranger(HTTPConnection(scope))
            if stranger is None:
                return None
            if path_below(self._base, scope) == SIGN_IN:
                return RedirectResponse(self._sign_in(), status_code=302)
        except ConfigError as error:
            return self._shown(503, problem=str(error))
        return self._shown(403 if stranger else 401, stranger=stranger)

    def _shown(self, status: int, *, stranger: str = "", problem: str = "") -> Response:
        start = "/".join(("", *filter(None, self._base.split("/"))))
        ways = {"sign_in": f"{start}/{SIGN_IN}", "sign_out": f"{start}/auth/logout"}
        return HTMLResponse(_page().render(stranger=stranger, problem=problem, **ways), status_code=status)


@cache
def _page() -> "Template":
    from jinja2 import Environment  # only who has strangers pays for it

    return Environment(autoescape=True).from_string(_PAGE.read_text("utf-8"))
