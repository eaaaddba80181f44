import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog import MAX_VALUES, emptied_by, facet_counts, filterable
from prodsim.errors import QueryError
from tests.indexes import catalog_of_table

COLUMNS = ("gender", "articleType", "baseColour")
VALUES = ("a", "b", "c", "d")


def _catalog(columns):
    """A catalog of these columns; nothing here looks at its pictures."""
    table = pd.DataFrame(columns, dtype="str")
    table.index = pd.Index([str(row) for row in range(len(table))], name="id")
    return catalog_of_table(table)


@st.composite
def selections(draw):
    """A catalog, filters that it can have, and which of its products are looked at."""
    number = draw(st.integers(1, 12))
    cells = st.lists(st.sampled_from([*VALUES, None]), min_size=number, max_size=number)
    catalog = _catalog({name: draw(cells) for name in COLUMNS})
    filters = {}
    for name in draw(st.lists(st.sampled_from(COLUMNS), unique=True)):
        occurring = sorted(catalog.table[name].dropna().unique())
        if occurring:
            filters[name] = draw(st.lists(st.sampled_from(occurring), min_size=1, unique=True))
    among = draw(st.none() | st.lists(st.booleans(), min_size=number, max_size=number))
    return catalog, filters, None if among is None else np.array(among)


def _passing(catalog, filters, among):
    """The rows of the table that pass, by pandas."""
    rows = catalog.table if among is None else catalog.table[among]
    for name, accepted in filters.items():
        rows = rows[rows[name].isin(accepted)]
    return rows


@given(selections())
def test_a_count_is_the_number_of_products_that_choosing_the_value_would_give(selection):
    catalog, filters, among = selection
    for attribute, counts in facet_counts(catalog, filters, among).items():
        assert counts == {
            value: len(_passing(catalog, {**filters, attribute: [value]}, among))
            for value in catalog.table[attribute].dropna().unique()
        }


@given(selections())
def test_a_choice_empties_a_selection_if_without_it_something_is_left(selection):
    catalog, filters, among = selection
    expected = []
    if not len(_passing(catalog, filters, among)):
        for attribute in filters:
            others = {name: accepted for name, accepted in filters.items() if name != attribute}
            if len(_passing(catalog, others, among)):
                expected.append(attribute)
    assert emptied_by(catalog, filters, among) == expected


@given(selections())
def test_what_is_looked_at_is_left_as_it_was(selection):
    catalog, filters, among = selection
    before = None if among is None else among.copy()
    facet_counts(catalog, filters, among)
    emptied_by(catalog, filters, among)
    assert among is None or (among == before).all()


def test_values_come_in_order_of_how_often_they_occur():
    catalog = _catalog({"gender": ["Men", "Women", "Women", None]})
    assert list(facet_counts(catalog, {})["gender"].items()) == [("Women", 2), ("Men", 1)]


def test_names_descriptions_and_what_all_products_share_are_no_filters():
    number = MAX_VALUES + 1
    catalog = _catalog(
        {
            "productDisplayName": ["Shirt", *["Cap"] * (number - 1)],
            "description": [f"number {row}" for row in range(number)],
            "shop": ["here"] * number,
            "empty": [None] * number,
            "year": [str(min(row, MAX_VALUES - 1)) for row in range(number)],
            "gender": ["Men", *["Women"] * (number - 1)],
        }
    )
    assert filterable(catalog) == ["year", "gender"]


def test_a_catalog_with_ids_alone_has_no_filters(make_catalog):
    catalog = make_catalog({"1": "red", "2": "blue"})
    assert filterable(catalog) == []
    assert facet_counts(catalog, {}) == {}
    assert emptied_by(catalog, {}) == []


def test_an_unknown_value_is_an_error_that_names_it():
    with pytest.raises(QueryError, match="No product has gender=Martians"):
        facet_counts(_catalog({"gender": ["Men", "Women"], "year": ["1", "2"]}), {"gender": ["Martians"]})
