"""Counts over a catalog, as DataFrames. `among`: bool (len(catalog),), counts only these products; None: all."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from prodsim.catalog.model import Catalog
from prodsim.catalog.numerals import written
from prodsim.catalog.values import Values

Among = NDArray[np.bool_] | None


def counts(catalog: Catalog, attribute: str, among: Among = None) -> pd.DataFrame:
    """Products per value of an attribute, most first, then by name. Columns `attribute` (str) and `products` (int)."""
    values = catalog.values(attribute)
    tally = zip(values.texts, values.counts(among).tolist(), strict=True)
    rows = sorted(((value, number) for value, number in tally if number), key=lambda row: (-row[1], row[0]))
    return pd.DataFrame(rows, columns=[attribute, "products"])


def top(counted: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first `most` rows of `counts`; in order of the value where all values are numbers: years, sizes."""
    head = counted.head(most)
    numbers = pd.to_numeric(head.iloc[:, 0], errors="coerce")
    return head if numbers.isna().any() else head.loc[numbers.sort_values().index].reset_index(drop=True)


def ranges(catalog: Catalog, attribute: str, among: Among = None, *, most: int) -> pd.DataFrame:
    """Products per range of a column of numbers, at most `most` ranges between round numbers, without empty ones.

    Columns `attribute` (str, "10 to 19.9"), `products` (int), and `least` and `largest` (str), the numbers that occur.
    """
    numbers = catalog.numbers(attribute) if among is None else catalog.numbers(attribute)[among]
    numbers = numbers[~np.isnan(numbers)]
    rows = []
    if len(numbers):
        place = np.floor(numbers / _step(float(numbers.min()), float(numbers.max()), most))
        for each in np.unique(place):
            within = numbers[place == each]
            least, largest = written(float(within.min())), written(float(within.max()))
            label = least if least == largest else f"{least} to {largest}"
            rows.append((label, len(within), least, largest))
    return pd.DataFrame(rows, columns=[attribute, "products", "least", "largest"])


def cross(catalog: Catalog, rows: str, columns: str, among: Among = None, *, most: tuple[int, int]) -> pd.DataFrame:
    """Products per pair of values, of the `most` frequent rows and columns: int; index and columns are the values."""
    down = list(counts(catalog, rows, among)[rows].head(most[0]))
    across = list(counts(catalog, columns, among)[columns].head(most[1]))
    (row_owners, row_places), (owners, places) = (
        _among(catalog.values(attribute), texts, among) for attribute, texts in ((rows, down), (columns, across))
    )
    several = np.bincount(owners, minlength=len(catalog))
    first, lengths = (np.cumsum(several) - several)[row_owners], several[row_owners]
    pairs = np.repeat(first - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
    tally = np.bincount(np.repeat(row_places, lengths) * len(across) + places[pairs], minlength=len(down) * len(across))
    index, columns_ = pd.Index(down, name=rows), pd.Index(across, name=columns)
    return pd.DataFrame(tally.reshape(len(down), len(across)), index=index, columns=columns_)


def overview(catalog: Catalog, among: Among = None) -> pd.DataFrame:
    """One row per attribute: its name, how many different `values`, products `missing` one, the `most common`."""
    products = len(catalog) if among is None else np.count_nonzero(among)
    rows = []
    for attribute in catalog.attributes:
        values = catalog.values(attribute)
        tally = values.counts(among)
        most = values.texts[int(tally.argmax())] if tally.any() else None
        filled = values.filled if among is None else values.filled & among
        rows.append((attribute, np.count_nonzero(tally), products - np.count_nonzero(filled), most))
    return pd.DataFrame(rows, columns=["attribute", "values", "missing", "most common"])


def problem_counts(catalog: Catalog) -> pd.DataFrame:
    """One row per kind of problem that occurs: `kind` (str), `count` (int), in the order of first occurrence."""
    kinds = pd.Series([problem.kind for problem in catalog.problems], dtype="str")
    tally = kinds.value_counts(sort=False)
    return pd.DataFrame({"kind": tally.index, "count": tally.to_numpy()})


def problem_table(catalog: Catalog) -> pd.DataFrame:
    """One row per problem: `kind`, `id or file` and `detail` (str)."""
    rows = [(problem.kind, problem.subject, problem.detail) for problem in catalog.problems]
    return pd.DataFrame(rows, columns=["kind", "id or file", "detail"], dtype="str")


def _step(least: float, largest: float, most: int) -> float:
    """The smallest of 1, 2, 5, 10, 20 ... and their tenths, by which there are at most `most` steps."""
    power = 10.0 ** np.floor(np.log10((largest - least) / most)) if largest > least else 1.0
    steps = (power * factor for factor in (1, 2, 5, 10, 20))
    return next(step for step in steps if np.floor(largest / step) - np.floor(least / step) < most)


def _among(values: Values, texts: list[str], among: Among) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """By pair of a product and one of the texts: the row, and the place in `texts`; by rows."""
    places = pd.Index(texts).get_indexer(pd.Index(values.texts))[values.codes]
    wanted = places >= 0
    if among is not None:
        wanted &= among[values.owners]
    return values.owners[wanted], places[wanted]
