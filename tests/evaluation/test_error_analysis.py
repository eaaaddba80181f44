"""The queries of a class whose results are wrong, and what they are."""

import pytest

from prodsim.errors import QueryError
from prodsim.evaluation import failures
from tests.indexes import catalog_of, indexed

TYPES = {"a": "Shirts", "b": "Shirts", "c": "Shoes", "d": "Shoes", "e": "Shirts"}
AT = [[1, 0.0], [1, 0.1], [1, 0.3], [0, 1.0], [0.1, 1]]
"""Along a circle: a, b, c lie together, and d, e."""


@pytest.fixture
def shop():
    return indexed(catalog_of({id_: {"articleType": type_} for id_, type_ in TYPES.items()}), AT)


def test_the_worst_queries_come_first_with_their_results_and_which_are_right(shop):
    found = failures(shop, ("articleType",), ("Shirts",), k=1)
    assert [(each.product_id, each.precision, each.neighbors) for each in found] == [("e", 0.0, (("d", False),))]


def test_the_same_number_of_results_as_asked_for_is_judged(shop):
    found = failures(shop, ("articleType",), ("Shoes",), k=2)
    assert [each.product_id for each in found] == ["c", "d"]
    assert found[0].neighbors == (("b", False), ("a", False)) and found[0].precision == 0
    assert found[1].neighbors == (("e", False), ("c", True)) and found[1].precision == 0.5


def test_at_most_so_many_are_named(shop):
    assert len(failures(shop, ("articleType",), ("Shoes",), k=2, most=1)) == 1


def test_a_class_that_is_not_there_is_refused(shop):
    with pytest.raises(QueryError, match="No indexed product of shop is Hats"):
        failures(shop, ("articleType",), ("Hats",))
