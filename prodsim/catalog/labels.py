"""What the attributes of a catalog are called before people."""

import re


def in_words(attribute: str) -> str:
    """An attribute's name for people: "articleType" -> "Article type"."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", attribute).replace("_", " ")
    return words[:1].upper() + words[1:].lower()
