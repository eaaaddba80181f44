"""Uploads that nobody asked for, or that are more than the others can bear: refused before a byte of them is read."""

import asyncio
from http import HTTPStatus

from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from prodsim.access import UploadRefused, Uploads
from prodsim.api.paths import path_below

PLACE = "_stcore/upload_file/"
SILENCE = 30.0
"""Seconds without a byte, after which an upload is given up."""
SLOWEST = 50_000
"""Bytes a second that come in at least: who sends fewer keeps room from the others for no use."""


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
        session, address = path.removeprefix(PLACE).partition("/")[0], request.client.host if request.client else ""
        try:
            size = _length(request)
            with self._uploads.take(session, address, size):
                async with asyncio.timeout(SILENCE + size / SLOWEST):
                    await self._app(scope, _at_most(size, receive), send)
        except UploadRefused as refused:
            await PlainTextResponse(str(refused), status_code=refused.status)(scope, receive, send)
        except TimeoutError:
            await PlainTextResponse("The file did not come.", HTTPStatus.REQUEST_TIMEOUT)(scope, receive, send)
        except ClientDisconnect:
            return


def _length(request: HTTPConnection) -> int:
    """Bytes that are to come. UploadRefused if that is not said: in chunks may come as many as one likes."""
    told = request.headers.get("Content-Length", "")
    if not (told.isascii() and told.isdigit()) or "Transfer-Encoding" in request.headers:
        raise UploadRefused("An upload has to say its length.", HTTPStatus.LENGTH_REQUIRED)
    return int(told)


def _at_most(size: int, receive: Receive) -> Receive:
    """Receives so many bytes, and none after a silence."""
    left = size

    async def receive_some() -> Message:
        nonlocal left
        async with asyncio.timeout(SILENCE):
            message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise UploadRefused("The file is longer than it says.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return message

    return receive_some
