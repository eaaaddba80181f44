"""Spreadsheets made by hand, so that each may be as wrong as a test wants it."""

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def cell(place, value, kind="inlineStr", extra=""):
    """One cell; numbers are numbers."""
    if isinstance(value, (int, float)):
        return f'<c r="{place}"{extra}><v>{value!r}</v></c>'
    if kind == "inlineStr":
        return f'<c r="{place}" t="inlineStr"{extra}><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}" t="{kind}"{extra}><v>{escape(value)}</v></c>'


def rows(*lines, first=1):
    """The XML of rows of values; None is no cell."""
    return "".join(
        f'<row r="{number}">'
        + "".join(cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(line) if value is not None)
        + "</row>"
        for number, line in enumerate(lines, first)
    )


def sheet(content, after="", dimension="A1:B2"):
    """A sheet of this content."""
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/>'
        f"<sheetData>{content}</sheetData>{after}</worksheet>"
    )


def book(sheets, parts=None, compress=zipfile.ZIP_DEFLATED, hidden=(), properties=""):
    """An XLSX of sheets by name, and of other parts by path."""
    names = list(sheets)
    listed = ""
    for at, name in enumerate(names, 1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"{state}/>'
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(names) + 1)
    )
    content = {
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}<sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        **{f"xl/worksheets/sheet{at}.xml": sheets[name] for at, name in enumerate(names, 1)},
        **(parts or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compress) as archive:
        for path, text in content.items():
            archive.writestr(path, text)
    return file.getvalue()


def strings(*texts):
    """The part with the strings that cells share."""
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    return {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{items}</sst>'}


def styles(*formats):
    """The part with how numbers are shown, by style; a format is the number of a known one, or a code."""
    codes = "".join(
        f'<numFmt numFmtId="{200 + at}" formatCode="{escape(each, {chr(34): "&quot;"})}"/>'
        for at, each in enumerate(formats)
        if isinstance(each, str)
    )
    used = "".join(f'<xf numFmtId="{200 + at if isinstance(each, str) else each}"/>' for at, each in enumerate(formats))
    content = f"<numFmts>{codes}</numFmts><cellXfs>{used}</cellXfs>"
    return {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{content}</styleSheet>'}
