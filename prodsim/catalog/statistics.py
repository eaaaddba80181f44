"""Counts over a catalog, as DataFrames. `among`: bool (len(catalog),), counts only these products; None: all."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from prodsim.catalog.model import Catalog

Among = NDArray[np.bool_] | None


def counts(catalog: Catalog, attribute: str, among: Among = None) -> pd.DataFrame:
    """Products per value of an attribute, most first, then by name. Columns `attribute` (str) and `products` (int)."""
    coded = catalog.coded(attribute)
    tally = zip(coded.categories, _tally(coded, among).tolist(), strict=True)
    rows = sorted(((value, number) for value, number in tally if number), key=lambda row: (-row[1], row[0]))
    return pd.DataFrame(rows, columns=[attribute, "products"])


def by_value(catalog: Catalog, attribute: str, among: Among = None) -> dict[str, int]:
    """The same as a dict: value -> products, most first."""
    counted = counts(catalog, attribute, among)
    return dict(zip(counted[attribute], counted["products"], strict=True))


def top(counted: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first `most` rows of `counts`; in order of the value where all values are numbers: years, sizes."""
    head = counted.head(most)
    numbers = pd.to_numeric(head.iloc[:, 0], errors="coerce")
    return head if numbers.isna().any() else head.loc[numbers.sort_values().index].reset_index(drop=True)


def cross(catalog: Catalog, rows: str, columns: str, among: Among = None, *, most: tuple[int, int]) -> pd.DataFrame:
    """Products per pair of values, of the `most` frequent rows and columns: int; index and columns are the values."""
    down = list(counts(catalog, rows, among)[rows].head(most[0]))
    across = list(counts(catalog, columns, among)[columns].head(most[1]))
    row, column = _places(catalog.coded(rows), down, among), _places(catalog.coded(columns), across, among)
    both = (row >= 0) & (column >= 0)
    tally = np.bincount(row[both] * len(across) + column[both], minlength=len(down) * len(across))
    index, columns_ = pd.Index(down, name=rows), pd.Index(across, name=columns)
    return pd.DataFrame(tally.reshape(len(down), len(across)), index=index, columns=columns_)


def overview(catalog: Catalog, among: Among = None) -> pd.DataFrame:
    """One row per attribute: its name, how many different `values`, products `missing` one, the `most common`."""
    products = len(catalog) if among is None else int(among.sum())
    rows = []
    for attribute in catalog.attributes:
        coded = catalog.coded(attribute)
        tally = _tally(coded, among)
        most = coded.categories[int(tally.argmax())] if tally.any() else None
        rows.append((attribute, int((tally > 0).sum()), products - int(tally.sum()), most))
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


def _tally(coded: pd.Categorical, among: Among) -> NDArray[np.intp]:
    """Products per category, (len(coded.categories),)."""
    codes = coded.codes if among is None else coded.codes[among]
    return np.bincount(codes[codes >= 0], minlength=len(coded.categories))


def _places(coded: pd.Categorical, values: list[str], among: Among) -> NDArray[np.intp]:
    """By product, the place of its value in `values`; -1 for another value or none."""
    codes: NDArray[np.integer] = coded.codes if among is None else coded.codes[among]
    of_code = np.append(pd.Index(values).get_indexer(coded.categories), -1)  # code -1, no value, is the last place
    places: NDArray[np.intp] = of_code[codes]
    return places
