"""Tables of products, whatever kind of file they are in: `Sheet` is what all of them become."""

from prodsim.catalog.tables.cells import MISSING
from prodsim.catalog.tables.delimited import SEPARATORS, Record, decoded, first_record, lines_of, records
from prodsim.catalog.tables.encodings import ENCODINGS, ENCODINGS_OF_DOS, likeliest, text_of
from prodsim.catalog.tables.limits import MAX_BYTES, MAX_COLUMNS, MAX_LINES
from prodsim.catalog.tables.reading import HEAD_BYTES, TABLE_SUFFIXES, read_sheet, sample
from prodsim.catalog.tables.sheet import Row, Sheet

__all__ = [
    "ENCODINGS",
    "ENCODINGS_OF_DOS",
    "HEAD_BYTES",
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_LINES",
    "MISSING",
    "SEPARATORS",
    "TABLE_SUFFIXES",
    "Record",
    "Row",
    "Sheet",
    "decoded",
    "first_record",
    "likeliest",
    "lines_of",
    "read_sheet",
    "records",
    "sample",
    "text_of",
]
