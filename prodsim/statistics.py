"""Counts over a catalog, as DataFrames."""

import pandas as pd

from prodsim.catalog import Catalog


def counts(catalog: Catalog, attribute: str) -> pd.DataFrame:
    """Products per value of an attribute, most first, then by name. Columns `attribute` (str) and `products` (int)."""
    tally = catalog.table[attribute].value_counts().rename_axis(attribute).reset_index(name="products")
    return tally.sort_values(["products", attribute], ascending=[False, True], ignore_index=True)


def overview(catalog: Catalog) -> pd.DataFrame:
    """One row per attribute: its name, how many different `values`, products `missing` one, the `most common`."""
    rows = []
    for attribute in catalog.attributes:
        column = catalog.table[attribute]
        most = column.value_counts().index
        rows.append((attribute, column.nunique(), int(column.isna().sum()), most[0] if len(most) else None))
    return pd.DataFrame(rows, columns=["attribute", "values", "missing", "most common"])


def problem_counts(catalog: Catalog) -> pd.DataFrame:
    """One row per kind of problem that occurs: `kind` (str), `count` (int), in the order of first occurrence."""
    kinds = pd.Series([problem.kind for problem in catalog.problems], dtype="str")
    tally = kinds.value_counts(sort=False)
    return pd.DataFrame({"kind": tally.index, "count": tally.to_numpy()})
