"""What a browser may tell a session: what the app's own pages tell it, and nothing else that Streamlit understands."""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Messages:
    """Passes over the messages of a WebSocket that the app does not take."""

    def __init__(self, app: ASGIApp, takes: Callable[[bytes], bool]) -> None:
        self._app = app
        self._takes = takes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def receive_taken() -> Message:
            while True:
                message = await receive()
                told = message.get("bytes")
                if message["type"] != "websocket.receive" or told is None or self._takes(told):
                    return message

        await self._app(scope, receive_taken if scope["type"] == "websocket" else receive, send)
