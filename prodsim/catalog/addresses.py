"""What pictures that are fetched from their addresses are called."""

import hashlib


def stem_of(url: str) -> str:
    """The name, without suffix, of the file that an address is fetched to: 24 hex digits."""
    return hashlib.sha256(url.encode()).hexdigest()[:24]
