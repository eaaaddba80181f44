"""Which products count as right for a query."""

import numpy as np
import pandas as pd
import pytest

from prodsim.errors import QueryError
from prodsim.evaluation import relevances
from prodsim.evaluation.relevance import classes
from tests.indexes import catalog_of_table

ROWS = [
    ("Caps", "Red"),
    ("Shirts", "Red"),
    ("Caps", None),
    ("Shirts", "Red"),
    ("Caps", "Red"),
    (None, None),
    ("A", "Red"),
]


def catalog_of(rows, columns=("articleType", "baseColour")):
    ids = [str(number) for number in range(len(rows))]
    table = pd.DataFrame(rows, index=pd.Index(ids, dtype="str"), columns=list(columns), dtype="str")
    return catalog_of_table(table)


@pytest.fixture
def catalog():
    return catalog_of(ROWS)


def test_products_are_sorted_by_one_label_largest_class_first(catalog):
    found = classes(catalog, ("articleType",), np.arange(7))
    assert found.labels == (("Caps",), ("Shirts",), ("A",))
    assert found.codes.tolist() == [0, 1, 0, 1, 0, -1, 2]
    assert found.sizes.tolist() == [3, 2, 1]


def test_by_two_labels_a_product_that_lacks_one_is_in_no_class(catalog):
    found = classes(catalog, ("articleType", "baseColour"), np.arange(7))
    assert found.labels == (("Caps", "Red"), ("Shirts", "Red"), ("A", "Red"))
    assert found.codes.tolist() == [0, 1, -1, 1, 0, -1, 2]
    assert found.sizes.tolist() == [2, 2, 1]


def test_only_the_given_rows_of_the_catalog_count(catalog):
    found = classes(catalog, ("articleType",), np.array([1, 3, 5, 6]))
    assert found.labels == (("Shirts",), ("A",))
    assert found.codes.tolist() == [0, 0, -1, 1]


def test_products_without_any_label_are_refused(catalog):
    with pytest.raises(
        QueryError, match=r"No indexed product of shop has a value of articleType and baseColour\. Judge"
    ):
        classes(catalog, ("articleType", "baseColour"), np.array([2, 5]))


def test_usual_are_the_type_and_the_type_with_the_color_where_there_are_any(catalog):
    assert relevances(catalog) == (("articleType",), ("articleType", "baseColour"))
    assert relevances(catalog_of([("Caps",)], ["articleType"])) == (("articleType",),)


def test_what_is_wanted_twice_counts_once(catalog):
    assert relevances(catalog, [("baseColour",), ("baseColour",)]) == (("baseColour",),)


def test_a_catalog_without_types_asks_for_attributes():
    with pytest.raises(QueryError, match=r"shop has no type to judge results by\. Name attributes .+: brand\."):
        relevances(catalog_of([("Acme",)], ["brand"]))


@pytest.mark.parametrize("wanted", [(), ("",), ("brand",), ("articleType", "brand")])
def test_an_attribute_that_does_not_occur_is_refused_with_those_that_do(catalog, wanted):
    with pytest.raises(QueryError, match=r"shop has no attribute '\w*'\. Judge by .+: articleType, baseColour\."):
        relevances(catalog, [wanted])
