"""A file of the public Internet, at an address that somebody else wrote down: asked for with care, read up to a limit.

Neither the address nor the server is trusted. Every host that is asked, after a redirect too, is judged where it is
connected to (`public_addresses`); nothing but the request is sent: no cookie, no password, no proxy of the environment,
for a proxy looks names up itself, and nobody could judge what it finds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from socket import SHUT_RDWR, gaierror, socket
from typing import ClassVar
from urllib.parse import urljoin

from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool, PoolManager, Retry, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, InvalidHeader, LocationParseError, ReadTimeoutError, SSLError
from urllib3.util import Url, parse_url

from prodsim.storage.limited import Calls, Late
from prodsim.storage.public_addresses import Judge, KeptOut, connect, why_not

CONNECT_SECONDS, SILENT_SECONDS = 5, 10
"""How long is waited for a connection, and then for each next piece."""
HEAD_SECONDS, BODY_SECONDS = 20, 60
"""How long an answer may take, however steadily it drips: until its body begins, and its body."""
REDIRECTS = 5
LONGEST = 4096
"""Characters of an address."""
WORTH_WAITING = 30
"""Seconds after which a server may ask to come back; where it is longer, the next run comes back."""
AGAIN_SECONDS = 1
BLOCK = 1 << 16
_HEADERS = {
    "Accept": "image/jpeg, image/png, image/*;q=0.8",
    "Accept-Encoding": "identity",  # pictures are packed already, and what is not unpacked is no bomb
    "User-Agent": "prodsim (fetches the pictures that its user's own catalog names)",
}
_BUSY, _BROKEN = (429, 503), (500, 502, 504)
_FORBIDDEN = (401, 403)


class Unfetched(Exception):
    """Why there is no file, as a clause without a full stop.

    `host`: whether others of its host will hardly come either. `again`: seconds after which to ask once more, None if
    that is no use. `busy`: whether the host wants not to be asked for anything until then.
    """

    def __init__(self, reason: str, *, host: bool = False, again: float | None = None, busy: bool = False) -> None:
        super().__init__(reason)
        self.host, self.again, self.busy = host, again, busy


class PublicHttp:
    """Asks for files, from several threads at once if need be; connections are kept for the next one."""

    def __init__(self, connections: int = 1, judge: Judge = why_not) -> None:
        self._calls = Calls()
        self._manager = PoolManager(
            2 * connections, maxsize=connections, cert_reqs="CERT_REQUIRED", ca_certs=DEFAULT_CA_BUNDLE_PATH
        )
        self._manager.pool_classes_by_scheme = _pools(judge, self._calls)

    def get(self, address: str, most: int) -> bytes:
        """The file at an address, of `most` bytes. Unfetched says why there is none."""
        url = _checked(address)
        for _ in range(1 + REDIRECTS):
            answer = self._ask(url)
            with _closed_unless_read(answer):
                if not (location := answer.get_redirect_location()):
                    return self._body(answer, most)
            url = _redirected(url, location)
        raise Unfetched(f"it is redirected more than {REDIRECTS} times")

    def stop(self) -> None:
        """End what is under way in other threads, and whatever they ask for later."""
        self._calls.stop()
        self._manager.clear()

    def _ask(self, url: Url) -> BaseHTTPResponse:
        with _as_unfetched():
            return self._manager.urlopen(
                "GET",
                url.url,
                headers=_HEADERS,
                redirect=False,
                retries=False,
                timeout=Timeout(connect=CONNECT_SECONDS, read=SILENT_SECONDS),
                preload_content=False,
                decode_content=False,
            )

    def _body(self, answer: BaseHTTPResponse, most: int) -> bytes:
        _check_head(answer, most)
        blocks: list[bytes] = []
        size = 0
        with _as_unfetched(), self._calls.limited(answer.shutdown, BODY_SECONDS):
            while block := answer.read1(BLOCK):  # what has come, where `read` would wait for all of a block
                size += len(block)
                if size > most:
                    raise _too_large(most)
                blocks.append(block)
        return b"".join(blocks)


def host_of(address: str) -> str:
    """The host of an address. Unfetched if that is no address from which a file is fetched."""
    return _checked(address).host or ""


def _checked(address: str) -> Url:
    """The address, read as it will be asked for."""
    if len(address) > LONGEST:
        raise Unfetched(f"it has more than {LONGEST:,} characters")
    try:
        url = parse_url(address)
    except LocationParseError as error:
        raise Unfetched("it is no address") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise Unfetched("it is no address of the web (http, https)")
    if url.auth is not None:
        raise Unfetched("it holds a name or a password, and none is sent")
    return url._replace(fragment=None)


def _redirected(url: Url, location: str) -> Url:
    """Where a redirect leads to. Not from https to http: from there on anybody on the way could read and change it."""
    spelled = location.encode("latin-1", "replace").decode("utf-8", "replace")  # as headers come, and as they are meant
    try:
        target = _checked(urljoin(url.url, spelled))
    except (Unfetched, ValueError) as error:
        raise Unfetched(f"it is redirected to where nothing is fetched from: {error}") from error
    if (url.scheme, target.scheme) == ("https", "http"):
        raise Unfetched("it is redirected from https to http")
    return target


def _check_head(answer: BaseHTTPResponse, most: int) -> None:
    """Unfetched if the answer is no file, or one that will not be read."""
    status = answer.status
    if status in _BUSY + _BROKEN:
        reason = f"the server is busy or broken ({status})"
        raise Unfetched(reason, host=True, again=_again(answer), busy=status in _BUSY)
    if status in _FORBIDDEN:
        raise Unfetched(f"the server does not give it to everybody ({status})", host=True)
    if status != 200:
        raise Unfetched(f"there is no such picture (the server answers {status})")
    packed = answer.headers.get("Content-Encoding", "").strip().lower()
    if packed not in ("", "identity"):
        raise Unfetched(f"it comes packed ({packed[:20]}), which was not asked for")
    if getattr(answer, "length_remaining", None) is not None and int(answer.length_remaining or 0) > most:
        raise _too_large(most)


def _again(answer: BaseHTTPResponse) -> float | None:
    """The seconds that a server asks to wait, None if they are too many."""
    try:
        asked = Retry().get_retry_after(answer)
    except (InvalidHeader, ValueError, OverflowError):
        asked = None
    wait = AGAIN_SECONDS if asked is None else asked
    return wait if wait <= WORTH_WAITING else None


def _too_large(most: int) -> Unfetched:
    return Unfetched(f"it has more than {most / 2**20:,.0f} MB")


@contextmanager
def _closed_unless_read(answer: BaseHTTPResponse) -> Iterator[None]:
    """What was not read to its end is not read for the sake of the connection either."""
    try:
        yield
    finally:
        answer.close()


@contextmanager
def _as_unfetched() -> Iterator[None]:
    """One error for all that goes wrong on the way."""
    try:
        yield
    except KeptOut as error:
        raise Unfetched(f"its host is not asked: {error}", host=True) from error
    except gaierror as error:
        raise Unfetched("its host is not known", host=True) from error
    except Late as error:
        raise Unfetched(str(error), host=True) from error
    except SSLError as error:
        raise Unfetched("its host has no certificate that holds", host=True) from error
    except (ReadTimeoutError, TimeoutError) as error:
        raise Unfetched("its host is silent, or too slow", host=True) from error
    except LocationParseError as error:
        raise Unfetched("it is no address") from error
    except (HTTPError, OSError, ValueError) as error:  # ValueError: of a name that no host can have, of an odd answer
        raise Unfetched("the connection breaks off, or cannot be made", host=True, again=AGAIN_SECONDS) from error


class _Careful(HTTPConnection):
    """A connection to what a judge lets pass, whose answers have to begin in time."""

    judge: ClassVar[Judge]
    calls: ClassVar[Calls]

    def _new_conn(self) -> socket:
        with _as_unfetched():
            return connect(self._dns_host, self.port, CONNECT_SECONDS, type(self).judge)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        """The beginning of an answer."""
        with self.calls.limited(self._hang_up, HEAD_SECONDS):
            return super().getresponse()

    def _hang_up(self) -> None:
        if self.sock is not None:
            self.sock.shutdown(SHUT_RDWR)


class _CarefulTLS(_Careful, HTTPSConnection):
    """The same, and the certificate is held against the name."""


def _pools(judge: Judge, calls: Calls) -> dict[str, type[HTTPConnectionPool]]:
    """By scheme, what makes and keeps connections: urllib3 knows classes alone, so there are some for each client."""
    careful = {"judge": staticmethod(judge), "calls": calls}
    plain, tls = type("Careful", (_Careful,), careful), type("CarefulTLS", (_CarefulTLS,), careful)
    return {
        "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("PoolTLS", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
    }
