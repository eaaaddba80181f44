import pytest

from prodsim.catalog import read_catalog
from prodsim.statistics import counts, overview, problem_counts
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
