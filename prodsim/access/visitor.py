"""Whom an address belongs to."""

from ipaddress import IPv6Address, ip_address


def visitor_of(address: str) -> str:
    """What to count by: an address, of IPv6 its first 64 bits, which a household has."""
    try:
        number = ip_address(address)
    except ValueError:
        return address
    number = getattr(number, "ipv4_mapped", None) or number  # as a server that listens on both sees IPv4
    return str(IPv6Address(int(number) >> 64 << 64)) if isinstance(number, IPv6Address) else str(number)
