"""The example that was published with the method, docs/published-example.md: one query, five rows and their scores."""

from dataclasses import dataclass

from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.encoders import Available, Unavailable
from prodsim.errors import QueryError
from prodsim.index import LINEAR, index, open_index
from prodsim.search import Engine, ProductQuery, SearchRequest

ENCODER = "vgg16"
QUERY = "1995"
PRODUCTS = 295
"""All those of the data set with an id below BELOW."""
BELOW = 2000


@dataclass(frozen=True)
class Outcome:
    """The nearest products, best first. `rows` count from 0 in the order of the ids as numbers; `scores` have four
    decimals.
    """

    rows: tuple[int, ...]
    scores: tuple[float, ...]

    def __str__(self) -> str:
        return f"rows {', '.join(map(str, self.rows))}, scores {', '.join(map(str, self.scores))}"


PUBLISHED = Outcome(rows=(290, 219, 127, 14, 10), scores=(1.0, 0.9739, 0.9335, 0.9333, 0.9207))


def missing(catalog: Catalog | None, encoder: Available | Unavailable) -> list[str]:
    """What the example needs and is not at hand, in clauses; empty if it can be run.

    `catalog`: None if it cannot be opened; `encoder`: the status of ENCODER.
    """
    lacking = []
    if isinstance(encoder, Unavailable):
        lacking.append(f"{ENCODER} cannot be used, {encoder.reason}")
    elif encoder.notice:
        lacking.append(f"the weights of {ENCODER} are not the published ones")
    if catalog is None or not _is_original(catalog):
        lacking.append(f"the catalog is not the {PRODUCTS} original products")
    return lacking


def run(catalog: Catalog, encoder: Available, settings: Settings) -> Outcome:
    """What comes out here; what is not yet indexed is indexed first. ProdsimError says what keeps it from running."""
    *_, last = index(catalog, encoder, settings)
    if last.skipped:
        first = last.skipped[0]
        raise QueryError(
            f"{len(last.skipped)} of the pictures cannot be used, {first.product_id} for one: {first.reason}"
        )
    in_order = sorted(catalog.table.index, key=int)
    engine = Engine(catalog, open_index(catalog, encoder, settings))
    request = SearchRequest(ProductQuery(QUERY), encoder.spec, LINEAR, k=len(PUBLISHED.rows), include_query=True)
    found = engine.search(request).neighbors
    rows = tuple(in_order.index(neighbor.product_id) for neighbor in found)
    return Outcome(rows, tuple(round(neighbor.score, 4) for neighbor in found))


def _is_original(catalog: Catalog) -> bool:
    ids = list(catalog.table.index)
    return len(ids) == PRODUCTS and QUERY in ids and all(map(_is_below, ids))


def _is_below(product_id: str) -> bool:
    return product_id.isdecimal() and len(product_id) <= len(str(BELOW)) and int(product_id) < BELOW
