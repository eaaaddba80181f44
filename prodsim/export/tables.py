"""Results as tables and counts: for a spreadsheet, for `stats`."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from prodsim.catalog import Catalog, counts, overview, problem_counts
from prodsim.search import SearchResult


def neighbors_table(result: SearchResult) -> pd.DataFrame:
    """One row per neighbor: rank, id, score, similarity, its meaning, the ids of what is folded into it if anything is
    into any, then the attributes as in the catalog. One that is called like a number here has "(catalog)" behind it.
    """
    neighbors, known = result.neighbors, result.calibration
    rows = result.catalog.table.loc[[neighbor.product_id for neighbor in neighbors]].reset_index()
    numbers: dict[str, list[Any]] = {
        "rank": [neighbor.rank for neighbor in neighbors],
        str(rows.columns[0]): list(rows.iloc[:, 0]),
        "score": [neighbor.score for neighbor in neighbors],
        "similarity": [neighbor.similarity for neighbor in neighbors],
    }
    if known:
        numbers["percentile"] = [known.percentile(neighbor.similarity) for neighbor in neighbors]
        numbers["closeness"] = [known.word(neighbor.similarity) for neighbor in neighbors]
    if result.folds:
        others = [result.folds.get(neighbor.product_id, ()) for neighbor in neighbors]
        numbers["near_identical"] = [" ".join(each.product_id for each in some) for some in others]
    attributes = rows.iloc[:, 1:].rename(columns=lambda name: f"{name} (catalog)" if name in numbers else name)
    return pd.concat([pd.DataFrame(numbers), attributes], axis=1)


def catalog_document(catalog: Catalog) -> dict[str, Any]:
    """A catalog in numbers: rows read, products, columns by role, problems, and how often each value occurs."""
    attributes = overview(catalog)
    return {
        "catalog": {"name": catalog.name, "rows_read": catalog.rows_read, "products": len(catalog)},
        "roles": dict(catalog.schema.columns),
        "problem_counts": dict(problem_counts(catalog).itertuples(index=False, name=None)),
        "problems": [asdict(problem) for problem in catalog.problems],
        "missing": dict(zip(attributes["attribute"], attributes["missing"].tolist(), strict=True)),
        "values": {name: dict(counts(catalog, name).itertuples(index=False, name=None)) for name in catalog.attributes},
    }
