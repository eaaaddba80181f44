"""A file of the public Internet, at an address that somebody else wrote down: asked for with care, read up to a limit.

Neither the address nor the server is trusted. Every host that is asked, after a redirect too, is judged where it is
connected to (`public_addresses`); nothing but the request is sent: no cookie, no password, no proxy of the environment,
for a proxy looks names up itself, and nobody could judge what it finds.
"""

from contextlib import closing
from urllib.parse import urljoin

from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import BaseHTTPResponse, PoolManager, Retry, Timeout
from urllib3.exceptions import InvalidHeader, LocationParseError
from urllib3.util import Url, parse_url

from prodsim.storage.careful import CONNECT_SECONDS, pools
from prodsim.storage.limited import Calls
from prodsim.storage.public_addresses import Judge, why_not
from prodsim.storage.unfetched import AGAIN_SECONDS, Unfetched, as_unfetched

SILENT_SECONDS, BODY_SECONDS = 10, 60
"""How long is waited for each next piece, and for all of a body, however steadily it drips."""
REDIRECTS = 5
LONGEST = 4096
"""Characters of an address."""
WORTH_WAITING = 30
"""Seconds after which a server may ask to come back; where it is longer, the next run comes back."""
BLOCK = 1 << 16
_HEADERS = {
    "Accept": "image/jpeg, image/png, image/*;q=0.8",
    "Accept-Encoding": "identity",  # pictures are packed already, and what is not unpacked is no bomb
    "User-Agent": "prodsim (fetches the pictures that its user's own catalog names)",
}
_BUSY, _BROKEN = (429, 503), (500, 502, 504)
_FORBIDDEN = (401, 403)


class PublicHttp:
    """Asks for files, from several threads at once if need be; connections are kept for the next one."""

    def __init__(self, connections: int = 1, judge: Judge = why_not) -> None:
        self._calls = Calls()
        self._manager = PoolManager(
            2 * connections, maxsize=connections, cert_reqs="CERT_REQUIRED", ca_certs=DEFAULT_CA_BUNDLE_PATH
        )
        self._manager.pool_classes_by_scheme = pools(judge, self._calls)

    def get(self, address: str, most: int) -> bytes:
        """The file at an address, of `most` bytes. Unfetched says why there is none."""
        url = _checked(address)
        for _ in range(1 + REDIRECTS):
            answer = self._ask(url)
            with closing(answer):  # what was not read to its end is not read for the sake of the connection either
                if not (location := answer.get_redirect_location()):
                    return self._body(answer, most)
            url = _redirected(url, location)
        raise Unfetched(f"it is redirected more than {REDIRECTS} times")

    def stop(self) -> None:
        """End what is under way in other threads, and whatever they ask for later."""
        self._calls.stop()
        self._manager.clear()

    def _ask(self, url: Url) -> BaseHTTPResponse:
        with as_unfetched():
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
        with as_unfetched(), self._calls.limited(answer.shutdown, BODY_SECONDS):
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
    if (getattr(answer, "length_remaining", None) or 0) > most:
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
