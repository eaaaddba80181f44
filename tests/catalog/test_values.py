"""The single values of a column, by its kind, and spellings of one value."""

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog import Catalog, Schema, facet_counts, overview, read_catalog, statistics
from prodsim.catalog.tags import MOST, apart
from prodsim.catalog.values import MOSTLY_DIFFERENT, unify
from prodsim.errors import QueryError
from tests.indexes import catalog_of
from tests.samples import write_catalog


def column_of(*cells: str | None, header: str = "Tags", schema: Schema | None = None) -> Catalog:
    """A catalog of one column; nothing here looks at its pictures."""
    table = pd.DataFrame({header: pd.array(cells, dtype="str")})
    table.index = pd.Index([str(row) for row in range(len(table))], name="id")
    return Catalog("shop", Path("shop"), table, (), np.zeros(0, np.intp), schema or Schema(), len(table), ())


# spellings

SPELLINGS = st.sampled_from(
    ["Red", "red", "RED", " Red", "Red\u00a0", "Navy Blue", "navy  blue", "NAVY\u00a0BLUE", "Tan"]
)
COLUMNS = st.lists(st.none() | SPELLINGS, min_size=1, max_size=40)


def folded(cell: str) -> str:
    return " ".join(cell.split()).lower()


def frame_of(cells: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame({"color": pd.array(cells, dtype="str")})


@given(COLUMNS)
def test_values_that_differ_in_case_or_blanks_alone_are_one_and_none_is_lost(cells: list[str | None]) -> None:
    unified, problems = unify(frame_of(cells), ["color"])
    after = [None if pd.isna(cell) else cell for cell in unified["color"]]
    assert [cell and folded(cell) for cell in after] == [cell and folded(cell) for cell in cells]
    filled = [cell for cell in cells if cell]
    if len({*map(folded, filled)}) <= MOSTLY_DIFFERENT * len(filled):
        for kind in {*map(folded, filled)}:
            counted = Counter(cell for cell in filled if folded(cell) == kind)
            first = next(cell for cell in counted if counted[cell] == max(counted.values()))
            assert {cell for cell in after if cell and folded(cell) == kind} == {first}
        assert len(problems) == len({*map(folded, filled)}) - sum(
            len({cell for cell in filled if folded(cell) == kind}) == 1 for kind in {*map(folded, filled)}
        )
    else:
        assert (after, problems) == (cells, [])


@given(COLUMNS)
def test_a_second_time_nothing_is_left_to_unify(cells: list[str | None]) -> None:
    once, problems = unify(frame_of(cells), ["color"])
    again, none = unify(once, ["color"])
    assert once.equals(again)
    assert not none or not problems


def test_what_is_given_is_left_as_it_was() -> None:
    frame = frame_of(["Red", "red", "Red", "Tan"])
    before = frame.copy()
    unify(frame, ["color"])
    assert frame.equals(before)


def test_a_catalog_says_which_spellings_it_took_for_another_and_leaves_names_as_they_are(tmp_path: Path) -> None:
    colors = ["Red", "red", "RED", "Red", "Blue", "Blue"]
    rows = {
        str(row): {"articleType": "Shirts", "baseColour": color, "productDisplayName": name}
        for row, (color, name) in enumerate(zip(colors, ["Shirt", "shirt", "Cap", "cap", "CAP", "Shirt"], strict=True))
    }
    catalog = read_catalog(write_catalog(tmp_path / "shop", dict.fromkeys(rows, "red"), rows))
    assert catalog.table["baseColour"].tolist() == ["Red"] * 4 + ["Blue"] * 2
    assert catalog.names == ["Shirt", "shirt", "Cap", "cap", "CAP", "Shirt"]
    assert [(each.kind, each.subject, each.detail) for each in catalog.problems] == [
        ("one value", "baseColour", "'red', 'RED' are taken for 'Red'")
    ]


def test_descriptions_stay_as_they_are() -> None:
    cells = [f"number {row}" for row in range(20)] + ["Number 7"]
    assert unify(frame_of(cells), ["color"])[1] == []


# kinds


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["Red, cotton", "Blue, cotton", "Red, linen", "cotton"], "tags"),
        (["Red;cotton", "Blue; cotton", "Red ;linen"], "tags"),
        (["a|b", "b|c", "c|a", "a"], "tags"),
        (["Shirts, Tops", "Jackets, Coats", "Dresses"] * 5, "text"),
        (["Clothing > Shirts", "Clothing > Caps", "Clothing > Shirts"], "text"),
        ([f"A {color} shirt, which is made of the best cotton there is" for color in "abcdef"], "text"),
        (["Red", "Blue", "Red", "Red", "Red", "Red", "Red", "Red, Blue"], "text"),
        (["19,90", "5,00", "7,50"], "number"),
        (["1", "2", "3", "4"], "text"),
        (["5", "2", "5", "4"], "number"),
        ([None, None], "text"),
        (["x", None], "text"),
    ],
)
def test_a_column_knows_its_kind(cells: list[str | None], kind: str) -> None:
    assert column_of(*cells).kind("Tags") == kind


@pytest.mark.parametrize("header", ["SKU", "barcode", "Artikelnummer"])
def test_ids_are_no_numbers(header: str) -> None:
    assert column_of("7", "9", "12", header=header).kind(header) == "text"


def test_classes_that_are_numbered_are_no_numbers_and_names_no_tags() -> None:
    assert column_of("7", "9", "7", schema=Schema({"type": "Tags"})).kind("Tags") == "text"
    assert (
        column_of("Red, cotton", "Blue, cotton", "Red, linen", schema=Schema({"name": "Tags"})).kind("Tags") == "text"
    )


def test_cells_of_very_many_values_are_text_and_are_not_taken_apart() -> None:
    cell = ",".join(str(place % 7) for place in range(MOST + 1))
    assert column_of(*[cell] * 10, f"{cell},8").kind("Tags") == "text"


# numbers


def test_equal_numbers_are_one_value_however_they_are_written() -> None:
    catalog = column_of("2011", "2011.0", "2012", "2011", None, header="year")
    assert catalog.values("year").texts == ("2011", "2012")
    assert statistics.counts(catalog, "year")["products"].tolist() == [3, 1]
    for value in ("2011", "2011.0", "2011.00"):
        assert catalog.filter({"year": [value]}).tolist() == [True, True, False, True, False]
    assert catalog.filter({"year!": ["2011"]}).tolist() == [False, False, True, False, False]
    assert np.isnan(catalog.numbers("year")[4]) and catalog.numbers("year").dtype == np.float64


PRICES = st.lists(st.none() | st.integers(-500, 500), min_size=4, max_size=30)
COMPARED = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}


@given(PRICES, st.dictionaries(st.sampled_from([*COMPARED]), st.integers(-60, 60), min_size=1))
def test_a_range_is_what_numpy_says_it_is(cents: list[int | None], bounds: dict[str, int]) -> None:
    cells = [None if each is None else f"{each / 10:.2f} EUR" for each in cents]
    catalog = column_of(*cells, header="price")
    if catalog.kind("price") != "number":
        assert not any(cells)
        return
    numbers = np.array([np.nan if each is None else each / 10 for each in cents])
    expected = ~np.isnan(numbers)
    for sign, bound in bounds.items():
        expected &= COMPARED[sign](numbers, bound)
    assert (catalog.filter({f"price{sign}": [str(bound)] for sign, bound in bounds.items()}) == expected).all()


def test_a_range_of_what_is_no_number_is_refused_with_a_sentence() -> None:
    catalog = catalog_of({"1": {"price": "5", "kind": "Cap"}, "2": {"price": "10", "kind": "Hat"}})
    with pytest.raises(
        QueryError, match=r"The values of kind are no numbers, so kind<5 makes no sense\. Filter by values"
    ):
        catalog.filter({"kind<": ["5"]})
    with pytest.raises(QueryError, match=r"price>=cheap makes no sense: 'cheap' is no number\. Write one, for"):
        catalog.filter({"price>=": ["cheap"]})
    with pytest.raises(QueryError, match=r"No product has price=7\. Values that occur are, for example: 5, 10"):
        catalog.filter({"price": ["7"]})
    with pytest.raises(QueryError, match="There is no attribute 'cost'"):
        catalog.filter({"cost<": ["7"]})


@given(st.lists(st.integers(-300, 3000), min_size=1, max_size=60), st.integers(3, 13))
def test_ranges_hold_every_number_once_and_what_they_say_is_a_filter(numbers: list[int], most: int) -> None:
    catalog = column_of(*(f"{number / 4} $" for number in numbers), header="price")
    table = statistics.ranges(catalog, "price", most=most)
    assert len(table) <= most and table["products"].sum() == len(numbers)
    for _, products, least, largest in table.itertuples(index=False, name=None):
        assert catalog.filter({"price>=": [least], "price<=": [largest]}).sum() == products


# tags

TAGS = st.lists(st.lists(st.sampled_from(["red", "cotton", "linen", "new"]), max_size=4), min_size=2, max_size=15)


@given(TAGS, st.sampled_from([", ", ";", " | "]), st.data())
def test_what_has_several_tags_counts_in_each(tags: list[list[str]], mark: str, data: st.DataObject) -> None:
    catalog = column_of(*(mark.join(each) or None for each in tags))
    single = (
        [{*each} for each in tags] if catalog.kind("Tags") == "tags" else [{mark.join(each)} - {""} for each in tags]
    )
    among = np.array(data.draw(st.lists(st.booleans(), min_size=len(tags), max_size=len(tags))))
    counted = Counter(tag for each, taken in zip(single, among, strict=True) for tag in each if taken)
    found = statistics.counts(catalog, "Tags", among)
    assert dict(found.itertuples(index=False, name=None)) == counted
    (row,) = overview(catalog, among).to_dict("records")
    assert row["values"] == len(counted) and row["missing"] == sum(not each for each in np.array(single)[among])
    for attribute, counts in facet_counts(catalog, {}, among).items():
        assert {tag: number for tag, number in counts.items() if number} == counted, attribute
    for tag in {tag for each in single for tag in each}:
        assert catalog.filter({"Tags": [tag]}).tolist() == [tag in each for each in single]
        assert catalog.filter({"Tags!": [tag]}).tolist() == [bool(each) and tag not in each for each in single]
    cross = statistics.cross(catalog, "Tags", "Tags", among, most=(9, 9))
    for one in cross.index:
        for other in cross.columns:
            both = [one in each and other in each for each in single]
            assert cross.loc[one, other] == np.sum(np.array(both) & among)


def test_tags_that_differ_in_case_alone_are_one() -> None:
    catalog = column_of("Red, cotton", "red,Cotton", "Red, linen", "cotton ,RED, red", "linen")
    assert catalog.values("Tags").texts == ("Red", "cotton", "linen")
    assert catalog.values("Tags").counts().tolist() == [4, 3, 2]


def test_a_product_has_its_cell_as_it_is_and_its_tags() -> None:
    catalog = column_of("Red, cotton", "Blue, cotton", "Red, linen", "cotton")
    product = catalog.product("0")
    assert product.attributes == {"Tags": "Red, cotton"}
    assert product.tags == {"Tags": ("Red", "cotton")}
    assert catalog.product("3").tags == {"Tags": ("cotton",)}


def test_a_word_finds_what_has_it_as_a_tag_before_what_has_it_in_a_longer_one() -> None:
    catalog = column_of("dark red, cotton", "red, linen", "red, cotton", "dark red, linen", "tan, linen")
    assert catalog.kind("Tags") == "tags"
    similarities = catalog.similarities("red")
    assert similarities[1] == similarities[2] > similarities[0] == similarities[3] > similarities[4] == 0


@given(st.text(alphabet="ab ,;"), st.sampled_from(",;"))
def test_no_tag_is_empty_or_twice_in_a_cell(text: str, mark: str) -> None:
    tags = apart(text, mark)
    assert len({*tags}) == len(tags) and all(tag.strip() == tag != "" and mark not in tag for tag in tags)
