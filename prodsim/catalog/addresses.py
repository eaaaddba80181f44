"""Addresses of pictures in a table's cells, and the names of the files that they are fetched to."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from prodsim.storage import Unfetched, host_of

_START = re.compile(r"(?:^|(?<=[\s,;|\"'<>\[(]))(?:https?://|//(?=[\w-]+(?:\.[\w-]+)+/))", re.IGNORECASE)
"""An address begins where a text does, or after what separates. Without a scheme it needs a host: `// x` is a
comment."""
_END = re.compile(r"[\"<>\x00-\x1f\x7f]|\s!\s")
"""No address holds one of these, however badly it was escaped; commas, bars and blanks it may hold. After `!` some
exports describe the picture."""
_LEFT_OVER = " ,;|']"
_STEM = 24


def addresses_in(cells: Iterable[str]) -> list[str]:
    """All addresses (http, https) in cells that may hold several, each once, in order, without what follows `#`.

    One ends where the next one begins. `//cdn.example/1.jpg` is taken as https.
    """
    return list(dict.fromkeys(address for cell in cells for address in _in_cell(cell)))


def stem_of(address: str) -> str:
    """The name, without a suffix, of the file that an address is fetched to: 24 hexadecimal digits."""
    first = next(iter(_in_cell(address)), address)
    return hashlib.sha256(first.encode(errors="surrogatepass")).hexdigest()[:_STEM]


def hosts_of(addresses: Iterable[str]) -> list[str]:
    """The hosts that would be asked, those of most pictures first."""
    return [host for host, _ in Counter(filter(None, map(_host, addresses))).most_common()]


def _in_cell(cell: str) -> Iterable[str]:
    starts = (found.start() for found in _START.finditer(cell))
    for start, end in pairwise([*starts, len(cell)]):
        found = _END.split(cell[start:end], maxsplit=1)[0].partition("#")[0].rstrip(_LEFT_OVER)
        if cell[start - 1 : start] == "(":
            found = _closed(found)
        yield f"https:{found}" if found.startswith("//") else found


def _closed(text: str) -> str:
    """A text up to the bracket that closes the one in front of it, or all of it."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return text[:at]
    return text


def _host(address: str) -> str:
    try:
        return host_of(address)
    except Unfetched:
        return ""
