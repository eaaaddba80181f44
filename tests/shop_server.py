"""A web server of pictures on this machine, which does on demand what others do: redirect, stall, lie, never end."""

import http.server
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

from prodsim.storage import why_not
from prodsim.storage.public_addresses import Address, Judge

Answer = Callable[[http.server.BaseHTTPRequestHandler], None]
DRIP_SECONDS = 0.02


class Shop:
    """What is answered by path, and what was asked for: paths, and the headers of the last request."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}
        self.peers: set[object] = set()
        self.port = 0
        self.closing = threading.Event()
        """Whoever stalls goes on when it is set."""

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def judge(self) -> Judge:
        """Lets this server pass, at 127.0.0.1 and its port; of all else nothing that is not public."""

        def judge(address: Address, port: int) -> str:
            return "" if (address, port) == (ip_address("127.0.0.1"), self.port) else why_not(address, port)

        return judge

    def gives(self, path: str, content: bytes, status: int = 200, **headers: str) -> str:
        """An answer in one piece; its address. A header that is called `x_y` is sent as `x-y`."""

        def answer(request: http.server.BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in ({"Content-Length": str(len(content))} | _spelled(headers)).items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(content)

        self.answers[path] = answer
        return self.url(path)

    def leads(self, path: str, target: str, status: int = 302) -> str:
        return self.gives(path, b"", status, Location=target)

    def sends(self, path: str, *pieces: bytes, dripping: bool = False, stalls: bool = False) -> str:
        """These bytes as they are, from the status line on; one by one, or with silence after them."""

        def answer(request: http.server.BaseHTTPRequestHandler) -> None:
            for piece in pieces:
                for part in (piece[i : i + 1] for i in range(len(piece))) if dripping else [piece]:
                    request.wfile.write(part)
                    if dripping and self.closing.wait(DRIP_SECONDS):
                        return
            if stalls:
                self.closing.wait(30)
            request.close_connection = True

        self.answers[path] = answer
        return self.url(path)

    def never_ends(self, path: str, head: bytes, piece: bytes) -> str:
        def answer(request: http.server.BaseHTTPRequestHandler) -> None:
            request.wfile.write(head)
            while not self.closing.is_set():
                request.wfile.write(piece)

        self.answers[path] = answer
        return self.url(path)


def _spelled(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@contextmanager
def open_shop(certificate: Path | None = None) -> Iterator[Shop]:
    """The server while it runs; with a certificate (and its key, in one file) it speaks TLS."""
    shop = Shop()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            shop.asked.append(self.path)
            shop.headers = dict(self.headers.items())
            shop.peers.add(self.client_address)
            try:
                shop.answers.get(self.path, lambda request: request.send_error(404))(self)
            except (ConnectionError, ssl.SSLError):  # who asked has gone
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        shop.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield shop
        finally:
            shop.closing.set()
            server.shutdown()
            thread.join()
