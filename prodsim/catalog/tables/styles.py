"""How a spreadsheet shows numbers: as dates, or with zeros in front."""

import re

MAX_STYLES = 100_000
PLAIN, DATE = 0, -1
"""What a number is; above 0, how many digits it is shown with, zeros in front."""
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Numbers of formats that every spreadsheet knows."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


class Styles:
    """`formats`: what a number is, by style."""

    def __init__(self) -> None:
        self.formats: list[int] = []
        self._codes: dict[str, int] = {}
        self._within = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element of the part begins."""
        number = attributes.get("numFmtId", "0")
        if tag == "numFmt" and len(self._codes) < MAX_STYLES:
            self._codes[number] = _meaning(attributes.get("formatCode", "")[:1000])
        elif tag == "cellXfs":
            self._within = True
        elif tag == "xf" and self._within and len(self.formats) < MAX_STYLES:
            usual = DATE if number.isdecimal() and len(number) < 4 and int(number) in _DATES else PLAIN
            self.formats.append(self._codes.get(number, usual))

    def end(self, tag: str) -> None:
        """It ends."""
        if tag == "cellXfs":
            self._within = False


def _meaning(code: str) -> int:
    code = _QUOTED.sub("", code).partition(";")[0]
    if re.fullmatch("0{2,18}", code):
        return len(code)
    return DATE if re.search("[ymdhs]", code, re.IGNORECASE) and "general" not in code.lower() else PLAIN
