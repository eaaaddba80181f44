"""Whether a visit comes from the machine that the app runs on, and not through anything that lets others in."""

import re
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

FORWARDED = re.compile(r"(x-)?forwarded(-.*)?|via|(x-|cf-|true-)?(client|connecting|real)-ip")
"""What headers of proxies are called."""


def is_local(peer: str | None, headers: Mapping[str, str], names: Iterable[str]) -> bool:
    """Whether nobody else can be visiting.

    `peer`: the address at the other end of the connection; `headers` of the request; `names`: those that the server
    answers to. All of them have to be loopback, the page that asks has to be of the host that is asked, as a browser
    says, and no proxy may have passed the request on. No names mean any name.
    """
    names = [*names]
    given = {name.lower(): value for name, value in headers.items()}
    host, (_, _, page) = given.get("host", ""), given.get("origin", "").partition("://")
    if any(map(FORWARDED.fullmatch, given)) or not names or page != host:
        return False
    try:
        called = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return all(map(_is_loopback, [peer or "", called, *names]))


def _is_loopback(name: str) -> bool:
    name = name.strip().lower().strip("[]").rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
