"""What is in an XLSX: its sheets, and the cells of one, row by row, as they are unpacked.

Why not a library: python-calamine 0.9 aborts the process at two cells that are far apart, for it keeps all that is
between; openpyxl 3.1 refuses a file for a broken style that nobody asks for, and builds whole rows. Here a part is
handed to Python's own parser as it is unpacked, in pieces, and nothing is kept but the row it is in.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from types import TracebackType
from xml.parsers import expat

from prodsim.catalog.tables.cells import clean
from prodsim.catalog.tables.grid import Cells, Grid, Inside
from prodsim.catalog.tables.styles import Styles
from prodsim.errors import CatalogError

MAX_UNPACKED = 256 * 2**20
MAX_RATIO = 200
"""Unpacked over packed size; tables of spreadsheets have 10 to 50."""
MAX_PARTS = 10_000
MAX_STRINGS = 5_000_000
MAX_DEPTH = 50
MAX_TAG = 4 * 2**20
"""Bytes of a tag: until it ends, it is kept."""
MAX_SHEETS = 50
"""Looked at for the table."""
PIECE = 1 << 16
_ROWS = re.compile(rb"[<:]row[ />]")

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Workbook:
    """`sheets`: the names of those with cells, hidden ones last; `filled`: to note which have something in them.
    CatalogError if it is too large, judged unread, or protected, or no XLSX.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        if data.count(b"PK\1\2") > MAX_PARTS:
            raise CatalogError(f"{name} holds more than {MAX_PARTS:,} files, so no spreadsheet. Save it again as XLSX.")
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in self._zip.infolist()}
        self._check(len(data))
        path = self._path()
        places = self._relations(path)
        self._places: dict[str, str] = {}
        self._in_1904 = False
        self._read_book(path, places)
        self.sheets = list(self._places)[:MAX_SHEETS]
        self.filled: list[str] = []
        folder = posixpath.dirname(path)
        self._strings = self._shared(f"{folder}/sharedstrings.xml")
        styles = Styles()
        self._parse(f"{folder}/styles.xml", styles.start, styles.end)
        self._formats = styles.formats

    def grid(self, called: str) -> Grid:
        """The sheet of this name."""
        cells = Cells(self._strings, self._formats, self._in_1904)
        return Grid(cells, lambda: self._pieces(self._places[called], cells.start, cells.end, cells.text))

    def count(self, called: str) -> int:
        """How many rows a sheet has, counted without parsing it; or more, if its texts speak of them."""
        with self._zip.open(self._parts[self._places[called]]) as part:
            return sum(len(_ROWS.findall(piece)) for piece in iter(lambda: part.read(1 << 20), b""))

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def _check(self, size: int) -> None:
        infos = list(self._parts.values())
        if any(info.flag_bits & 1 for info in infos):
            raise CatalogError(f"{self._name} is encrypted. Save it without a password.")
        parts = [info for path, info in self._parts.items() if path.endswith((".xml", ".rels"))]
        unpacked = sum(info.file_size for info in parts)
        if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(size, 1 << 16):
            raise CatalogError(
                f"{self._name} would unpack to {unpacked / 2**20:,.0f} MB from {size / 2**20:,.1f} MB, more than "
                f"the limits ({MAX_UNPACKED >> 20} MB, {MAX_RATIO} times its size). Save it as CSV."
            )
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in parts):
            raise CatalogError(f"{self._name} is compressed in a way that spreadsheets are not. Save it again as XLSX.")

    def _path(self) -> str:
        """Of the part that lists the sheets."""
        found = [path for path in self._parts if path.endswith("workbook.xml")]
        if found:
            return min(found, key=len)
        binary = any(path.endswith("workbook.bin") for path in self._parts)
        kind = "a binary spreadsheet (XLSB)" if binary else "a ZIP without a spreadsheet (XLSX) in it"
        raise CatalogError(f"{self._name} is {kind}. Save the table as XLSX or CSV.")

    def _relations(self, path: str) -> dict[str, str]:
        """Key -> path of the sheets of a book."""
        folder, file = posixpath.split(path)
        found: dict[str, str] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            target = attributes.get("Target", "").replace("\\", "/").lower()
            if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
                found[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

        self._parse(f"{folder}/_rels/{file}.rels", start)
        return found

    def _read_book(self, path: str, places: dict[str, str]) -> None:
        hidden: dict[str, str] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "workbookPr":
                self._in_1904 = attributes.get("date1904", "0") in ("1", "true", "on")
            if tag == "sheet":
                key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
                if (place := places.get(key)) in self._parts and place is not None:
                    shown = attributes.get("state", "visible") == "visible"
                    (self._places if shown else hidden)[attributes.get("name", place)] = place

        self._parse(path, start)
        self._places |= hidden

    def _shared(self, path: str) -> list[str]:
        """The strings that cells refer to by their number, clean, so that none is cleaned as often as it is used."""
        strings: list[str] = []
        inside = Inside("t", "rPh")

        def start(tag: str, attributes: dict[str, str]) -> None:
            inside.start(tag)

        def end(tag: str) -> None:
            inside.end(tag)
            if tag == "si":
                strings.append(clean(inside.taken()))
                if len(strings) > MAX_STRINGS:
                    raise CatalogError(f"{self._name} has over {MAX_STRINGS:,} texts. Make several catalogs of it.")

        self._parse(path, start, end, inside.text)
        return strings

    def _parse(self, path: str, start: Start, end: End = lambda tag: None, text: Text = lambda text: None) -> None:
        if path in self._parts:
            for _ in self._pieces(path, start, end, text):
                pass

    def _pieces(self, path: str, start: Start, end: End, text: Text) -> Iterator[None]:
        """Parse a part, a piece at a time. CatalogError if it declares entities, or nests deeper than any table."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        depth = 0

        def started(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_DEPTH:
                raise self._refused("its parts are nested too deep")
            start(tag.rpartition(":")[2], attributes)

        def ended(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(tag.rpartition(":")[2])

        def declared(*_: object) -> None:
            raise self._refused("it declares entities")

        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = started, ended, text
        parser.StartDoctypeDeclHandler = declared
        read = 0
        with self._zip.open(self._parts[path]) as part:
            while piece := part.read(PIECE):
                read += len(piece)
                parser.Parse(piece, False)
                if read - parser.CurrentByteIndex > MAX_TAG:
                    raise self._refused("a tag in it does not end")
                yield
            parser.Parse(b"", True)
        yield

    def _refused(self, reason: str) -> CatalogError:
        return CatalogError(f"{self._name} is no spreadsheet as programs write it: {reason}. Save it again as XLSX.")
