"""Which addresses may be asked for what somebody else's file names: public ones alone, and how to connect to those.

A table of a stranger could else make the server ask its own network: the router, a database, the cloud's metadata. So
nobody is trusted with the answer to "where is this host": its addresses are looked up once, judged, and connected to by
number, so that what was judged is what is asked.
"""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

PORTS = (80, 443)
"""Shops serve pictures where browsers look for them; on other ports of public machines are databases and mail."""
TRIED = 3
"""Of a host's addresses: each that is silent takes the whole timeout."""

Address = IPv4Address | IPv6Address
Judge = Callable[[Address, int], str]
"""Says why nothing may be asked of a port of an address, as a clause; empty if it may be."""

_V4_KEPT_OUT = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network: Linux takes 0.0.0.0 for itself
            "10.0.0.0/8",
            "100.64.0.0/10",  # behind a provider's NAT; a cloud's metadata at 100.100.100.200
            "127.0.0.0/8",
            "168.63.129.16/32",  # looks public, and is Azure's own, seen from its machines alone
            "169.254.0.0/16",  # link-local: clouds' metadata
            "172.16.0.0/12",
            "192.0.0.0/24",  # protocols; a cloud's metadata at 192.0.0.192
            "192.0.2.0/24",  # documentation, as are 198.51.100.0 and 203.0.113.0
            "192.88.99.0/24",  # relays of 6to4
            "192.168.0.0/16",
            "198.18.0.0/15",  # benchmarks of networks
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",  # multicast, reserved, broadcast
        ),
    )
)
"""The registry of special addresses of IANA (RFC 6890), and what clouds added. `is_global` differs by Python's version,
and takes some of these for public."""
_V6_GLOBAL = IPv6Network("2000::/3")
"""All that has been given to anybody: loopback, link-local, private, multicast and mapped addresses are outside."""
_V6_KEPT_OUT = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols: Teredo, which holds an address of IPv4, ORCHID, benchmarks
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, which holds an address of IPv4
            "3fff::/20",  # documentation
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
"""Where a network has IPv6 alone, addresses of IPv4 look so (RFC 6052): the last 32 bits are judged."""


def why_not(address: Address, port: int) -> str:
    """Why nothing may be asked there, as a clause; empty if it is a public address and a port of the web."""
    if port not in PORTS:
        return f"port {port} is none of the web's ({PORTS[0]}, {PORTS[1]})"
    return "" if is_public(address) else f"{address} is no public address"


def is_public(address: Address) -> bool:
    """Whether it is a machine's on the Internet, and no network's own, this machine's, or another one's in disguise."""
    if isinstance(address, IPv6Address) and address in _NAT64:
        address = IPv4Address(int(address) & 0xFFFFFFFF)
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _V4_KEPT_OUT)
    return address in _V6_GLOBAL and not any(address in network for network in _V6_KEPT_OUT)


class KeptOut(Exception):
    """Why a host is not connected to, as a clause."""


def connect(host: str, port: int, seconds: float | None, judge: Judge) -> socket.socket:
    """A connection to one of a host's addresses, with this timeout, if `judge` lets all of them pass.

    KeptOut if it does not, before anything is sent; OSError if the host is not known, or nobody answers.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(address[0]) for *_, address in found))
    for number in numbers:  # all: of a name that is public now and then, nothing is asked
        if reason := judge(ip_address(number), port):
            raise KeptOut(reason)
    failed = OSError("it has no address")
    for number in numbers[:TRIED]:
        try:
            return socket.create_connection((number, port), seconds)  # a number is not looked up again
        except OSError as error:
            failed = error
    raise failed
