"""Uploads that nobody asked for, or that are more than the others can bear: refused before a byte of them is read."""

from http import HTTPStatus

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from prodsim.access import UploadRefused, Uploads
from prodsim.api.paths import path_below

PLACE = "_stcore/upload_file/"


class UploadLimits:
    """Asks `uploads` about each, by its session and the address it comes from."""

    def __init__(self, app: ASGIApp, base: str, uploads: Uploads) -> None:
        self._app = app
        self._base = base
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        path = path_below(self._base, scope) if scope["type"] == "http" and scope["method"] == "PUT" else ""
        if not path.startswith(PLACE):
            return await self._app(scope, receive, send)
        request = HTTPConnection(scope)
        session, size = path.removeprefix(PLACE).partition("/")[0], request.headers.get("Content-Length", "")
        try:
            if not (size.isascii() and size.isdigit()):
                raise UploadRefused("An upload has to say its length.", HTTPStatus.LENGTH_REQUIRED)
            with self._uploads.take(session, request.client.host if request.client else "", int(size)):
                await self._app(scope, receive, send)
        except UploadRefused as refused:
            await PlainTextResponse(str(refused), status_code=refused.status)(scope, receive, send)
