"""A web server of one file, which does on demand what others do: break off, dawdle, know no parts of files."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

BLOCK = 1 << 16


class Publisher:
    """What the server gives and how. Where it is told to pause, it waits there until `go_on` is set."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.ranges = True
        self.cuts: list[int] = []
        """After so many bytes of the file the connection breaks off: of the first answer, the second, ..."""
        self.pause_at = len(content)
        self.go_on = threading.Event()
        self.asked: list[str] = []
        """What each request asked for: "bytes=100-", or "all"."""
        self.url = ""

    def answer(self, request: http.server.BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range")
        self.asked.append(wanted or "all")
        if request.path != "/weights.h5":
            return request.send_error(404)
        size, begin = len(self.content), 0
        if wanted and self.ranges:
            begin = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if begin >= size:
                return request.send_error(416)
            request.send_response(206)
            request.send_header("Content-Range", f"bytes {begin}-{size - 1}/{size}")
        else:
            request.send_response(200)
        request.send_header("Content-Length", str(size - begin))
        request.end_headers()
        end = self.cuts.pop(0) if self.cuts else size
        for position in range(begin, end, BLOCK):
            if position >= self.pause_at:
                self.go_on.wait(30)
            request.wfile.write(self.content[position : min(position + BLOCK, end)])


@contextmanager
def publish(content: bytes) -> Iterator[Publisher]:
    """The server, at `url`, while it runs."""
    publisher = Publisher(content)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                publisher.answer(self)
            except ConnectionError:  # who asked has gone
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        publisher.url = f"http://127.0.0.1:{server.server_port}/weights.h5"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield publisher
        finally:
            publisher.go_on.set()
            server.shutdown()
            thread.join()
