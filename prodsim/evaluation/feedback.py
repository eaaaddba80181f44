"""Judgments: what people said of results, "more like this" or "less like this", as a CSV to keep and to measure with.

A row is one judgment: the product that was the query, the product that was judged, the label, the encoder whose results
were shown, and when. Files of several people, one after the other, are one file.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from prodsim.catalog import SEPARATORS, Catalog, Record, decoded, first_record, lines_of, records
from prodsim.errors import JudgmentsError
from prodsim.search import Marks
from prodsim.storage import harmless, size_of

Label = Literal["more", "less"]

MAX_BYTES = 16 * 2**20
"""Some 200,000 judgments, more than people make."""
MAX_SHOWN = 100
"""Characters of a cell that an error repeats."""


@dataclass(frozen=True)
class Judgment:
    """`query`, `product`: ids; `encoder`: the name of the one whose results were judged; `date`: ISO 8601, UTC."""

    query: str
    product: str
    label: Label
    encoder: str
    date: str


COLUMNS = tuple(field.name for field in fields(Judgment))


def of_marks(query: str, marks: Marks, encoder: str, when: datetime) -> list[Judgment]:
    """The marks set on the results of a product, as judgments. `when`: with a time zone."""
    date = when.astimezone(UTC).isoformat(timespec="seconds")
    labeled: tuple[tuple[Label, tuple[str, ...]], ...] = (("more", marks.more), ("less", marks.less))
    return [Judgment(query, product, label, encoder, date) for label, ids in labeled for product in ids]


def judgments_table(judgments: Iterable[Judgment]) -> pd.DataFrame:
    """A row for each, with COLUMNS; `to_csv` of it is what `read_judgments` reads."""
    return pd.DataFrame([asdict(judgment) for judgment in judgments], columns=list(COLUMNS))


def read_judgments(path: Path, catalog: Catalog) -> list[Judgment]:
    """The judgments in a CSV on products of this catalog: of those on the same query and product, the last one.

    Columns may come in any order, with others between them, and the header again, as where files were put together.
    Ids may be spelled as `to_csv` writes them. Encoder and date are taken as they are. JudgmentsError if the file
    cannot be read, is too large or no such table, or has no judgment, a cut row, another label or an unknown product.
    """
    lines = _lines(path)
    separator, header, start = _header(path, lines)
    ids = _spelled(catalog.table.index)
    found: dict[tuple[str, str], Judgment] = {}
    for record in records(lines, start, separator, len(header), lambda row: _names(row) == header):
        if _names(record.fields) == header:
            continue
        judgment = _judgment(path, record, header, ids)
        found[judgment.query, judgment.product] = judgment
    if not found:
        raise JudgmentsError(f"{path} has a header, but no judgments. Mark results, then download it again.")
    return list(found.values())


def _lines(path: Path) -> list[str]:
    try:
        size = size_of(path)
        if size > MAX_BYTES:
            raise JudgmentsError(
                f"{path} has {size / 2**20:,.0f} MB, but a file of judgments may have {MAX_BYTES >> 20} MB. Split it."
            )
        text = decoded(path.read_bytes())
    except OSError as error:
        raise JudgmentsError(f"{path} cannot be read: {error.strerror}. Check the file.") from error
    except UnicodeDecodeError as error:
        raise JudgmentsError(f"{path} is no text, so no CSV. Give a file of judgments, in UTF-8.") from error
    if not text.strip():
        raise JudgmentsError(f"{path} is empty. Give a file of judgments: {', '.join(COLUMNS)}.")
    return lines_of(text)


def _header(path: Path, lines: list[str]) -> tuple[str, list[str], int]:
    """The separator by which most of the columns are found, the columns, and the line behind them."""
    headers = []
    for separator in SEPARATORS:
        names, end = first_record(lines, separator, lambda _: False)
        headers.append((separator, _names(names), end))
    best = max(headers, key=lambda header: len({*COLUMNS} & {*header[1]}))
    missing = [name for name in COLUMNS if name not in best[1]]
    if missing:
        raise JudgmentsError(
            f"{path}, line {best[2]}: there is no column {', '.join(missing)}. "
            f"A file of judgments begins with a line of these names: {','.join(COLUMNS)}."
        )
    return best


def _names(cells: list[str]) -> list[str]:
    """Names of columns; the byte order mark of a file amid others is none of a name."""
    return [cell.strip("\ufeff \t\r\n").lower() for cell in cells]


def _spelled(ids: Iterable[str]) -> dict[str, list[str]]:
    """What may stand in a file for an id -> the ids it may mean: several if one is what `to_csv` writes for another."""
    meant: dict[str, list[str]] = {}
    for product_id in ids:
        for spelling in dict.fromkeys((product_id, harmless(product_id))):
            meant.setdefault(spelling, []).append(product_id)
    return meant


def _judgment(path: Path, record: Record, header: list[str], ids: dict[str, list[str]]) -> Judgment:
    place = f"{path}, line {record.line}"
    if record.joined or record.astray or len(record.fields) < len(header):
        raise JudgmentsError(
            f"{place}: the row does not have the {len(header)} cells of the header, or a quote is not closed. "
            "Mend the line, or leave it out."
        )
    cells = dict(zip(header, record.fields, strict=True))
    label = cells["label"].strip()
    known = next((known for known in get_args(Label) if known == label), None)
    if known is None:
        raise JudgmentsError(f"{place}: there is no label {_brief(label)}. Write more or less, or leave the line out.")
    query, product = (_meant(place, cells[name], ids) for name in ("query", "product"))
    return Judgment(query, product, known, cells["encoder"].strip(), cells["date"].strip())


def _meant(place: str, cell: str, ids: dict[str, list[str]]) -> str:
    meant: Collection[str] = ids.get(cell, ())
    if not meant:
        raise JudgmentsError(
            f"{place}: the catalog has no product {_brief(cell)}. "
            "Choose the catalog that was judged, or leave the line out."
        )
    if len(meant) > 1:
        raise JudgmentsError(
            f"{place}: {_brief(cell)} may be either of the products {' and '.join(map(repr, meant))}. "
            "Leave the line out, or rename one of them."
        )
    return next(iter(meant))


def _brief(text: str) -> str:
    return repr(text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]} …")
