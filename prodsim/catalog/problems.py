"""What a catalog's owner should know of it: what was repaired, and what was left out."""

from dataclasses import dataclass

MAX_CELL = 10_000
"""Characters: some pages of a book."""
MAX_SHOWN = 200
"""Characters of a table that an error or a problem repeats."""


@dataclass(frozen=True)
class Problem:
    """Something about a catalog that its owner should know. `kind` is one of KINDS; `subject` an id, line or file."""

    kind: str
    subject: str
    detail: str


REPAIRED, SHORTENED, NO_PICTURE, NO_ROW = "repaired", "shortened", "no picture", "no row"
NO_ID, DUPLICATE_ID, BAD_NAME = "no id", "duplicate id", "bad name"
NO_FILE, NOT_UNPACKED, TABLE = "no file", "not unpacked", "table"
JOINED, UNIFIED, NOT_USED = "joined", "one value", "not used"
KINDS = {
    REPAIRED: "rows repaired: unquoted commas in the last column, a quote that was not closed, or an id whose picture "
    "is spelled another way (12.0, 12.jpg, 0012, ab-12, AB/12)",
    TABLE: "the table as a whole: what was guessed, left out or put right to read it",
    SHORTENED: f"rows shortened: a cell of more than {MAX_CELL:,} characters, cut there",
    NO_PICTURE: "rows without a picture, left out of search",
    NO_ID: "rows without an id, left out",
    DUPLICATE_ID: "rows whose id came before, under another name, left out",
    JOINED: "rows of a product that has several, such as sizes or pictures, joined to its first one",
    UNIFIED: "values that differ from another one in case or blanks alone, taken for it",
    NO_ROW: "pictures without a row, left out of search",
    BAD_NAME: "pictures whose file name is not UTF-8, left out",
    NO_FILE: "pipes, links to folders, and links that lead out of the folder or nowhere, left out",
    NOT_UNPACKED: "pictures and tables of the ZIP that are damaged, or called as another one, left out",
    NOT_USED: "files that are neither pictures nor the table, not used",
}
LEFT_OUT_ROWS = (NO_PICTURE, NO_ID, DUPLICATE_ID)
"""Each of these stands for one row that is no part of a product; each of JOINED for one that is, but not the first."""
LEFT_OUT_PICTURES = (NO_ROW, BAD_NAME, NO_FILE, NOT_UNPACKED)
"""Each of these stands for one picture that is no product's, the last one perhaps for a table."""


def brief(text: str) -> str:
    """A text from a table, as an error or a problem repeats it."""
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]} …"
