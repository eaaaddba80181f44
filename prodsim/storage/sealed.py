"""JSON files that tell when a byte of them has changed: the content, and before it its SHA-256."""

from hashlib import sha256

_START, _MIDDLE, _END = b'{"sha256":"', b'","content":', b"}\n"


def seal(content: bytes) -> bytes:
    """The file for a JSON text: JSON as well."""
    return b"".join([_START, sha256(content).hexdigest().encode(), _MIDDLE, content, _END])


def unseal(data: bytes) -> bytes | None:
    """The JSON text in a file; None if this is not, byte for byte, what `seal` made of it."""
    begin = len(_START) + 2 * sha256().digest_size + len(_MIDDLE)
    content = data[begin : -len(_END)]
    return content if seal(content) == data else None
