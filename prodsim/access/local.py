"""Whether a visit comes from the machine that the app runs on, and not through anything that lets others in."""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

FORWARDED = "forwarded"
"""What headers of proxies are called, alone or after "x-" and before something more."""


def is_local(peer: str | None, headers: Mapping[str, str], names: Iterable[str]) -> bool:
    """Whether nobody else can be visiting.

    `peer`: the address at the other end of the connection; `headers` of the request; `names`: those that the server
    answers to. All of them have to be loopback, and no proxy may have passed the request on: then a page elsewhere, the
    network and who comes through a proxy are others. No names mean any name.
    """
    names = [*names]
    given = {name.lower(): value for name, value in headers.items()}
    if any(name.removeprefix("x-").split("-")[0] == FORWARDED for name in given):
        return False
    hosts = [f"//{given.get('host', '')}", *([given["origin"]] if "origin" in given else [])]
    return bool(names) and all(map(_is_loopback, [peer or "", *map(_host, hosts), *names]))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_loopback(name: str) -> bool:
    name = name.strip().lower().strip("[]").rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
