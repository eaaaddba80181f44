"""The server around the app's pages: what it answers before any visitor's session begins, and what it refuses. Nothing
heavy is imported here: the server starts with it.
"""

from collections.abc import Callable, Iterable, Sequence

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from prodsim.access import Uploads
from prodsim.api.gate import Gate
from prodsim.api.headers import Headers
from prodsim.api.hosts import Hosts
from prodsim.api.messages import Messages
from prodsim.api.moved import MOVED, redirects
from prodsim.api.uploads import UploadLimits

__all__ = ["middleware", "routes"]


def routes(base: str = "") -> Sequence[BaseRoute]:
    """The routes that `st.App` puts before Streamlit's own, below the address `base` (`server.baseUrlPath`)."""
    return redirects(MOVED, base)


def middleware(
    base: str,
    *,
    scripts: Iterable[str],
    answers_to: Callable[[str | None], bool],
    stranger: Callable[[HTTPConnection], str | None],
    sign_in: Callable[[], str],
    takes: Callable[[bytes], bool],
    uploads: Uploads,
) -> Sequence[Middleware]:
    """What every request and every session passes, from outside in. What each is given, its module says."""
    return [
        Middleware(Headers, scripts),
        Middleware(Hosts, base, answers_to),
        Middleware(Gate, base, stranger, sign_in),
        Middleware(UploadLimits, base, uploads),
        Middleware(Messages, takes),
    ]
