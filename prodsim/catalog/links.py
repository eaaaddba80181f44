"""The address of a product's page in its shop: the only check that decides whether a text may be followed as a link."""

import re
import unicodedata
from urllib.parse import urlsplit

LONGEST_LINK = 2_000
"""Characters of an address that browsers, servers and crawlers are all known to take."""
_REFUSED = re.compile(r"[\s\"'<>\\^`{|}]")
"""What an address has to escape, and quotes, which shops escape as well."""


def web_link(text: str) -> str:
    """The address, if it is a whole one of the web (http, https) that hides nothing; else empty.

    Nothing is mended: an address with blanks, quotes, control or invisible characters, with a name or password before
    its host, without a host, or longer than LONGEST_LINK is none.
    """
    address = text.strip(" ")
    if len(address) > LONGEST_LINK or not address.lower().startswith(("http://", "https://")):
        return ""
    if _REFUSED.search(address) or any(unicodedata.category(letter)[0] in "CZ" for letter in address):
        return ""
    try:
        parts = urlsplit(address)
        usable = parts.hostname and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:  # no port, no address of a host, or one that changes when it is normalized
        return ""
    return address if usable else ""
