"""Texts that a spreadsheet would run as formulas."""

import re

_FORMULA = re.compile(r"(^|[;\t\r\n])(?=[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20])")
"""Where Excel and its like would begin to run a text: OWASP's list ("CSV injection") with the full-width forms, which a
Japanese Excel takes for the others, and NUL, which is passed over. Where lists are separated by semicolons, a cell
begins after each of them, and after a line break too, since quotes amid a cell enclose nothing.
"""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def harmless(text: str) -> str:
    """The text, with an apostrophe where a spreadsheet would begin to run it; numbers stay as they are."""
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1'", text)
