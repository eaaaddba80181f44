"""Search in words where the encoder reads none: products by how well the words fit their names and labels."""

import numpy as np
from numpy.typing import NDArray

from prodsim.catalog import Catalog
from prodsim.errors import QueryError
from prodsim.index import Top

NOT_FOUND = "No name and no label has any of these words"
NAMED = 4
"""More products of one name than there is to choose from."""


def named(catalog: Catalog, words: str) -> tuple[str, ...]:
    """Ids of the products that the words name letter for letter, in any case, by id or else by whole name: the first
    NAMED of them.
    """
    return tuple(catalog.named(words)[:NAMED])


def by_names(catalog: Catalog, words: str, rows: NDArray[np.intp], k: int) -> Top:
    """The k products that the words fit best, among these rows of the catalog, ascending, (m,).

    QueryError if no name and no label has a word.
    """
    if not catalog.words:
        raise QueryError(f"The names in the catalog {catalog.name} have no words. Search with a product or a photo.")
    return Top.of(catalog.similarities(words)[rows], rows, rows, k)
