"""Headers of every answer: what the browser may load and run, and who may show the app."""

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = {
    "default-src": ("'self'",),
    "script-src": ("'self'", "blob:", "'wasm-unsafe-eval'"),
    "style-src": ("'self'", "'unsafe-inline'"),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'", "data:"),
    "connect-src": ("'self'", "data:"),
    "object-src": ("'none'",),
    "base-uri": ("'self'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
}
"""The Content-Security-Policy. docs/deployment.md says of each exception what does not work without it."""

OTHERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


class Headers:
    """Adds them. `scripts`: those that stand in the page itself, as sources of the policy ('sha256-...')."""

    def __init__(self, app: ASGIApp, scripts: Iterable[str]) -> None:
        self._app = app
        policy = {**POLICY, "script-src": (*POLICY["script-src"], *scripts)}
        told = "; ".join(" ".join((name, *sources)) for name, sources in policy.items())
        self._headers = {"Content-Security-Policy": told, **OTHERS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
