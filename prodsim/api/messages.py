"""What a browser may tell a session: what the app's own pages tell it, and nothing else that Streamlit understands."""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST = 1_000_000
"""Bytes of a message that is looked at: to read one of many parts takes thirty times its size. A longer one goes on to
Streamlit, which ends the session unread (`server.maxWidgetStateSize`).
"""


class Messages:
    """Passes over the messages of a WebSocket that the app does not take, and over text, of which it takes none."""

    def __init__(self, app: ASGIApp, takes: Callable[[bytes], bool]) -> None:
        self._app = app
        self._takes = takes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def receive_taken() -> Message:
            while not self._goes_on(message := await receive()):
                continue
            return message

        await self._app(scope, receive_taken if scope["type"] == "websocket" else receive, send)

    def _goes_on(self, message: Message) -> bool:
        if message["type"] != "websocket.receive":
            return True
        told: bytes | None = message.get("bytes")
        return told is not None and (len(told) > LONGEST or self._takes(told))
