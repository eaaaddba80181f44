import numpy as np
import pandas as pd
import pytest

from prodsim.catalog import counts, overview, problem_counts, read_catalog
from prodsim.catalog.statistics import cross, problem_table, top
from tests.samples import write_catalog


@pytest.fixture
def shop(make_catalog):
    kinds = {"1": "Caps", "2": "Shirts", "3": "Shirts", "4": "Belts"}
    rows = {id_: {"articleType": kind, "season": "Fall" if id_ == "1" else ""} for id_, kind in kinds.items()}
    return make_catalog(dict.fromkeys("12345", "red"), rows)


def test_counts_come_largest_first_then_by_name(shop):
    table = counts(shop, "articleType")
    assert table.columns.tolist() == ["articleType", "products"]
    assert [*table.itertuples(index=False, name=None)] == [("Shirts", 2), ("Belts", 1), ("Caps", 1)]


def test_products_without_the_attribute_are_in_no_count(shop):
    assert counts(shop, "articleType")["products"].sum() == 4


def test_the_overview_tells_values_missing_ones_and_the_most_common(shop):
    assert [*overview(shop).itertuples(index=False, name=None)] == [
        ("articleType", 3, 1, "Shirts"),
        ("season", 1, 4, "Fall"),
    ]


def test_the_overview_of_an_attribute_that_no_product_has_is_empty(make_catalog):
    (row,) = overview(make_catalog({"1": "red"}, {"1": {"season": ""}})).to_dict("records")
    assert row == {"attribute": "season", "values": 0, "missing": 1, "most common": None}


def test_a_catalog_without_attributes_has_an_empty_overview(make_catalog):
    assert overview(make_catalog({"1": "red"})).empty


def test_problems_are_counted_by_kind(tmp_path):
    folder = write_catalog(tmp_path / "shop", {"1": "red", "2": "red", "3": "red"})
    (folder / "images" / "2.jpg").unlink()
    (folder / "images" / "3.jpg").rename(folder / "images" / "4.jpg")
    table = problem_counts(read_catalog(folder))
    assert table.to_dict("records") == [{"kind": "no picture", "count": 2}, {"kind": "no row", "count": 1}]


def test_a_catalog_without_problems_has_none_to_count(shop):
    assert problem_counts(shop).empty


def test_a_part_of_the_products_can_be_counted(shop):
    among = np.array([True, True, False, False, True])
    assert dict(counts(shop, "articleType", among).itertuples(index=False)) == {"Caps": 1, "Shirts": 1}
    assert overview(shop, among).to_dict("records") == [
        {"attribute": "articleType", "values": 2, "missing": 1, "most common": "Shirts"},
        {"attribute": "season", "values": 1, "missing": 2, "most common": "Fall"},
    ]


def test_no_products_have_no_counts(shop):
    nobody = np.zeros(len(shop), dtype=bool)
    assert counts(shop, "articleType", nobody).empty
    assert overview(shop, nobody)["missing"].tolist() == [0, 0]
    assert cross(shop, "articleType", "season", nobody, most=(3, 3)).empty


def test_the_top_are_the_first():
    table = pd.DataFrame({"articleType": ["Shirts", "Belts", "Caps"], "products": [3, 2, 1]})
    assert top(table, 2)["articleType"].tolist() == ["Shirts", "Belts"]


def test_the_top_of_numbers_come_in_their_own_order():
    table = pd.DataFrame({"year": ["2012", "2018", "2007", "2011"], "products": [9, 5, 2, 1]})
    assert [*top(table, 3).itertuples(index=False, name=None)] == [("2007", 2), ("2012", 9), ("2018", 5)]


@pytest.fixture
def stall(make_catalog):
    rows = [("Shirts", "Red"), ("Shirts", "Red"), ("Shirts", "Blue"), ("Caps", "Red"), ("Caps", ""), ("Belts", "Tan")]
    attributes = {str(row): {"articleType": kind, "baseColour": color} for row, (kind, color) in enumerate(rows)}
    return make_catalog(dict.fromkeys(attributes, "red"), attributes)


def test_a_cross_table_counts_pairs_of_the_most_frequent_values(stall):
    table = cross(stall, "articleType", "baseColour", most=(2, 2))
    assert table.to_dict("index") == {"Shirts": {"Red": 2, "Blue": 1}, "Caps": {"Red": 1, "Blue": 0}}


def test_a_cross_table_agrees_with_pandas_on_a_part_of_the_products(stall):
    among = np.array([True, False, True, True, True, True])
    part = stall.table[among]
    expected = pd.crosstab(part["articleType"], part["baseColour"])
    table = cross(stall, "articleType", "baseColour", among, most=(9, 9))
    assert table.sort_index()[expected.columns].to_numpy().tolist() == expected.to_numpy().tolist()


def test_problems_are_listed_with_what_they_are_about(tmp_path):
    folder = write_catalog(tmp_path / "shop", {"1": "red", "2": "red"})
    (folder / "images" / "2.jpg").unlink()
    assert problem_table(read_catalog(folder)).to_dict("records") == [
        {"kind": "no picture", "id or file": "2", "detail": "no picture is called so"}
    ]


def test_no_problems_are_a_table_with_columns(shop):
    assert problem_table(shop).columns.tolist() == ["kind", "id or file", "detail"]
