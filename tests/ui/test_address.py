"""The address of a place: what is written is read back, and all that is wrong in it is said and left out."""

from typing import get_args
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prodsim.catalog import BOUNDS, LONGEST_WORDS, Filters, other_than, parted
from prodsim.catalog.numerals import written as in_short
from prodsim.encoders import REGISTRY
from prodsim.index import Scoring
from prodsim.search import MAX_K, MAX_MARKS
from prodsim.ui import address
from prodsim.ui.address import EMBED, HOW, LONGEST_SAID, MOST_SAID, WHAT, Address, Reader
from prodsim.ui.chosen import Asked, Browsing, Method
from prodsim.ui.pivots import PIVOTS
from prodsim.ui.places import PLACES, SEARCH, Place
from tests.indexes import KAGGLE, catalog_of

TYPE, COLOR = KAGGLE["type"], KAGGLE["color"]
TAKEN = (*HOW, *WHAT, *EMBED, "EMBED", "more*")
"""Columns whose names are those of something else in an address."""
SHOP = catalog_of(
    {
        "1": {TYPE: "Shirts", COLOR: "Red", "price": "19.90 EUR", "Fit & size=?": "a&b=c", "größe #1": "50%"}
        | dict.fromkeys(TAKEN, "one"),
        "2": {TYPE: "Shoes", COLOR: "Blue", "price": "25 EUR", "Fit & size=?": "+ #", "größe #1": "ü ß 中"}
        | dict.fromkeys(TAKEN, "two"),
        " 3/&": {TYPE: "Shoes", COLOR: "Red", "Fit & size=?": "a&b=c", "größe #1": " "} | dict.fromkeys(TAKEN, "two"),
        "plain": {TYPE: "Shirts", "only": "mine"},
    }
)
COLORED = ["1", "2", " 3/&"]
"""Ids of products with a type and a color."""


def opened(written: Address) -> Reader:
    """Who reads what comes of an address on its way through a browser."""
    return Reader(parse_qs(urlencode(written, doseq=True), keep_blank_values=True))


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    """Those that the shop can have; an attribute also in reverse."""
    chosen = {}
    names = [TYPE, COLOR, "price", "Fit & size=?", "größe #1", *TAKEN]
    bounds = [f"price{sign}" for sign in BOUNDS]
    for name in draw(st.lists(st.sampled_from([*names, *map(other_than, names), *bounds]), unique=True, max_size=4)):
        attribute, sign = parted(name)
        values = st.sampled_from([*SHOP.values(attribute).texts])
        if sign in BOUNDS:
            values = st.floats(-1e6, 1e6).map(lambda number: in_short(round(number, 2)))
        chosen[name] = draw(st.lists(values, min_size=1, unique=True))
    return chosen


@st.composite
def queries(draw: st.DrawFn) -> Asked:
    """Nothing, words, a photo with marks, or a product with marks and a pivot; among some or all."""
    kind, among = draw(st.sampled_from(["", "words", "photo", "product"])), draw(filters())
    if not kind:
        return Asked(filters=among)
    if kind == "words":
        words = st.text(max_size=LONGEST_WORDS).map(str.strip).filter(bool)
        return Asked(words=draw(words), filters=among)
    marked = draw(st.lists(st.sampled_from([*SHOP.rows]), unique=True))
    place = draw(st.integers(0, len(marked)))
    more, less = tuple(marked[:place]), tuple(marked[place:])
    if kind == "photo":
        return Asked(photo=draw(st.text(min_size=1)), more=more, less=less, filters=among)
    product = draw(st.sampled_from([*SHOP.rows]))
    pivot = draw(st.sampled_from(["", *PIVOTS])) if product in COLORED else ""
    return Asked(product, more=more, less=less, pivot=pivot, filters=among)


METHODS = st.builds(
    Method, st.sampled_from([*REGISTRY]), st.sampled_from(get_args(Scoring)), st.integers(1, MAX_K), st.booleans()
)
BROWSED = st.builds(Browsing, st.text(), filters(), st.integers(1, len(SHOP)))


@given(st.sampled_from(["shop", "Größe & 50%"]), METHODS)
def test_how_to_search_is_read_back(catalog: str, method: Method) -> None:
    reader = opened(address.of_method(catalog, method))
    assert reader.catalog(["demo", "shop", "Größe & 50%"], "demo") == catalog
    assert (reader.method("pixels"), reader.problems) == (method, [])


@given(queries())
def test_a_query_is_read_back(asked: Asked) -> None:
    reader = opened(address.of_asked(asked))
    assert (reader.asked(SHOP), reader.problems) == (asked, [])
    reader.say_unknown(SHOP)
    assert not reader.problems


@given(BROWSED)
def test_what_is_looked_over_is_read_back(browsing: Browsing) -> None:
    reader = opened(address.of_browsing(browsing))
    assert (reader.browsing(SHOP), reader.problems) == (browsing, [])
    reader.say_unknown(SHOP)
    assert not reader.problems


@pytest.mark.parametrize(("place", "tab"), [(place, tab) for place in PLACES for tab in place.tabs])
def test_a_tab_is_read_back_and_the_first_one_needs_no_words(place: Place, tab: str) -> None:
    written = address.of_tab(place, tab)
    assert bool(written) == (tab != place.first_tab)
    reader = opened(written)
    assert (reader.tab(place), reader.problems) == (tab, [])


@given(queries(), METHODS)
def test_parts_of_an_address_do_not_overwrite_each_other(asked: Asked, method: Method) -> None:
    parts = [address.of_method("shop", method), address.of_asked(asked), address.of_tab(SEARCH, "why")]
    names = [name for part in parts for name in part]
    assert len(names) == len(set(names))
    assert not {*EMBED} & {name.lower() for name in names}, "Streamlit lets nobody write these"


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ("price<=20", {"price<=": ["20"]}),
        ("price>=10.50&price<=20", {"price>=": ["10.5"], "price<=": ["20"]}),
        ("price%3C=20", {"price<=": ["20"]}),
        ("price=19.9&price=25.00&price=25", {"price": ["19.90 EUR", "25 EUR"]}),
    ],
)
def test_a_range_is_typed_as_it_is_meant(typed: str, filters: Filters) -> None:
    reader = Reader(parse_qs(typed, keep_blank_values=True))
    assert (reader.asked(SHOP).filters, reader.problems) == (filters, [])


def test_an_empty_address_is_the_beginning() -> None:
    reader = Reader({})
    assert reader.catalog(["demo", "shop"], "shop") == "shop"
    assert reader.method("mini") == Method("mini", "unit", 5, False)
    assert reader.asked(SHOP) == Asked() and not reader.asked(SHOP).given
    assert reader.browsing(SHOP) == Browsing()
    assert [reader.tab(place) for place in PLACES] == ["results", "browse", "", ""]
    reader.say_unknown(SHOP)
    assert not reader.problems


@pytest.mark.parametrize("name", [*HOW, *WHAT, TYPE, f"{COLOR}!"])
def test_an_empty_value_is_none(name: str) -> None:
    reader = opened({name: [""]})
    assert read(reader) == read(Reader({}))
    assert not reader.problems


def test_of_repeated_values_the_last_counts_where_one_is_meant() -> None:
    reader = Reader({"k": ["3", "7"], "product": ["1", "2"], "find": ["red", "blue"]})
    assert (reader.method("pixels").k, reader.asked(SHOP).product) == (7, "2")
    assert reader.browsing(SHOP).find == "blue"


def test_what_is_said_twice_counts_once() -> None:
    reader = Reader({"product": ["1"], "more": ["2", "2", "9", "9"], TYPE: ["Shoes", "Shoes", "Hats", "Hats"]})
    assert reader.asked(SHOP) == Asked("1", more=("2",), filters={TYPE: ["Shoes"]})
    assert len(reader.problems) == 2


def test_words_have_no_blanks_around_them_wherever_they_are_cut() -> None:
    reader = Reader({"words": [f"  {'x' * (LONGEST_WORDS - 1)} and so on  "]})
    assert reader.asked(SHOP).words == "x" * (LONGEST_WORDS - 1)


def test_of_many_marks_the_first_are_read_and_that_the_others_are_not_is_said() -> None:
    shop = catalog_of({str(number): {} for number in range(MAX_MARKS + 9)})
    ids = [*shop.table.index]
    reader = Reader({"product": ["0"], "more": ids[1:40], "less": ids[40:]})
    asked = reader.asked(shop)
    assert (*asked.more, *asked.less) == tuple(ids[1 : MAX_MARKS + 1])
    assert reader.problems == [f"In the address: a query takes {MAX_MARKS} marks. More are left out of less."]
    reader = Reader({"product": ["0"], "more": ids[1 : MAX_MARKS + 1]})
    assert (len(reader.asked(shop).more), reader.problems) == (MAX_MARKS, [])


@pytest.mark.parametrize("name", ["more", "less", TYPE, f"{TYPE}!"])
def test_of_a_thousand_mistakes_the_first_are_said_and_that_there_are_more(name: str) -> None:
    reader = Reader({"product": ["1"], name: [f"no {number}" for number in range(999)]})
    read(reader)
    assert len(reader.problems) == MOST_SAID + 1
    assert reader.problems[-1] == "In the address: more is wrong than is said here. It is left out as well."


def test_a_long_mistake_is_said_in_short_with_what_came_of_it() -> None:
    for wrong in ({"product": ["x" * 60_000]}, {"x" * 60_000: ["1"]}, {"tab": ["x" * 60_000]}):
        reader = Reader(wrong)
        read(reader)
        (problem,) = reader.problems
        assert len(problem) < 2 * LONGEST_SAID and " … " in problem
        assert problem.startswith("In the address: ") and problem.endswith(("left out.", "used instead."))


def test_words_come_before_photos_before_a_product() -> None:
    every = {"words": ["red"], "photo": ["0f"], "product": ["1"], "more": ["2"]}
    assert Reader(every).asked(SHOP) == Asked(words="red")
    del every["words"]
    assert Reader(every).asked(SHOP) == Asked(photo="0f", more=("2",))
    del every["photo"]
    assert Reader(every).asked(SHOP) == Asked("1", more=("2",))


NONSENSE = [
    ({"catalog": ["store"]}, "catalog is 'store', which is none of: demo, shop. demo is used instead."),
    ({"encoder": ["vgg99"]}, "There is no encoder 'vgg99'."),
    ({"k": ["0"]}, "k is 0, which is no number from 1 to 100. 5 is used instead."),
    ({"k": ["101"]}, "k is 101, which is no number"),
    ({"k": ["five"]}, "k is five, which is no number"),
    ({"k": ["٣"]}, "k is ٣, which is no number"),
    ({"k": ["-1"]}, "k is -1, which is no number"),
    ({"k": ["9" * 5000]}, "which is no number"),
    ({"k": ["000000001" + "9" * 5000]}, "which is no number"),
    ({"scoring": ["cosine"]}, "scoring is 'cosine', which is none of: unit, linear. unit is used instead."),
    ({"include_query": ["maybe"]}, "include_query is 'maybe', which is none of: true, false. false is used instead."),
    ({"product": ["9"]}, "The catalog shop has no product '9'."),
    ({"words": ["x" * 300]}, "the words are cut after 200 characters."),
    ({"find": ["x" * 300]}, "the search by name is cut after 200 characters."),
    (
        {"product": ["1"], "more": ["9"]},
        "has no product '9'. Pick one of its 4 products, for example 1. It is left out",
    ),
    ({"product": ["1"], "more": ["2"], "less": ["2"]}, "(2) is in both more and less. It is left out of less."),
    ({"more": ["2"]}, "there are marks without a query. They are left out."),
    ({"product": ["1"], "pivot": ["size"]}, "pivot is 'size', which is none of: color, type. It is left out."),
    ({"words": ["red"], "pivot": ["color"]}, "pivot is 'color', and there is no product to turn from."),
    ({"pivot": ["type"]}, "pivot is 'type', and there is no product to turn from. It is left out."),
    ({"product": ["plain"], "pivot": ["type"]}, "(plain) lacks a type or a color. It is left out."),
    ({"tab": ["pictures"]}, "tab is 'pictures', which is none of: results, why, compare, steps. results is used"),
    ({"page": ["0"]}, "page is 0, which is no number from 1 to 4. 1 is used instead."),
    ({TYPE: ["Hats"]}, "no product has articleType=Hats. It is left out."),
    ({f"{TYPE}!": ["Hats"]}, "no product has articleType=Hats. It is left out."),
    ({COLOR: ["blue"]}, "no product has baseColour=blue. It is left out."),
    ({"price<": ["cheap"]}, "price<=cheap makes no sense: 'cheap' is no number. Write one, for example price<=25"),
    ({"price>!": ["nan"]}, "price>nan makes no sense: 'nan' is no number."),
    (
        {f"{COLOR}>": ["5"]},
        f"The values of {COLOR} are no numbers, so {COLOR}>=5 makes no sense. Filter by values, for",
    ),
    ({"price": ["20"]}, "no product has price=20. It is left out."),
    ({"price<20": [""]}, "nothing here is called price<20. It is left out."),
    ({"only": ["mine"]}, "nothing here is called only. It is left out."),
    ({"size": ["XL"], "": ["y"], "Product": ["1"]}, "nothing here is called size, , Product. It is left out."),
]


def read(reader: Reader) -> tuple[object, ...]:
    """All that Search and Catalog can be told."""
    catalog, method = reader.catalog(["demo", "shop"], "demo"), reader.method("pixels")
    asked, browsing = reader.asked(SHOP), reader.browsing(SHOP)
    reader.say_unknown(SHOP)
    return catalog, method, asked, browsing, reader.tab(SEARCH)


def written(reader: Reader) -> dict[str, list[str]]:
    """The address of what was read of another one, for Search."""
    how = address.of_method(reader.catalog(["demo", "shop"], "demo"), reader.method("pixels"))
    return how | address.of_asked(reader.asked(SHOP)) | address.of_tab(SEARCH, reader.tab(SEARCH))


@pytest.mark.parametrize(("wrong", "said"), NONSENSE, ids=[said[:30] for _, said in NONSENSE])
def test_every_kind_of_nonsense_is_said_and_left_out(wrong: Address, said: str) -> None:
    reader = opened(wrong)
    read(reader)
    assert [problem for problem in reader.problems if said in problem]
    assert all(problem.startswith("In the address: ") for problem in reader.problems)
    mended = opened(written(Reader(wrong)))
    written(mended)
    assert not mended.problems


NAMES = st.sampled_from([*HOW, *WHAT, TYPE, f"{COLOR}!", "k*", "größe #1"]) | st.text()
VALUES = st.sampled_from(["1", "2", "plain", "shop", "Red", "Shoes", "color", "true", "why", "pixels"]) | st.text()


@given(st.dictionaries(NAMES, st.lists(VALUES, max_size=3), max_size=8))
@example({"k": []})
def test_whatever_an_address_says_something_is_read_and_what_is_left_of_it_has_no_faults(nonsense: Address) -> None:
    reader = Reader(nonsense)
    read(reader)
    assert all(problem.startswith("In the address: ") for problem in reader.problems)
    first = Reader(nonsense)
    again = opened(written(first))
    assert (written(again), again.problems) == (written(Reader(nonsense)), [])


@given(st.text())
def test_whatever_is_in_the_environment_an_encoder_is_found(name: str) -> None:
    reader = Reader({})
    assert reader.method(name).encoder in REGISTRY
    assert bool(reader.problems) == (name not in REGISTRY)


def test_a_wrong_encoder_in_the_environment_is_said_unless_the_address_names_another() -> None:
    reader = Reader({})
    assert reader.method("vgg99").encoder == next(iter(REGISTRY))
    (problem,) = reader.problems
    assert problem.startswith("In the environment: There is no encoder 'vgg99'.")
    silent = Reader({"encoder": ["pixels"]})
    assert (silent.method("vgg99").encoder, silent.problems) == ("pixels", [])


@pytest.mark.parametrize("place", [place for place in PLACES if not place.tabs], ids=lambda place: place.title)
def test_a_place_without_tabs_has_no_use_for_one(place: Place) -> None:
    reader = Reader({"tab": ["why"]})
    assert (reader.tab(place), reader.problems) == ("", [])


def test_parameters_of_another_place_are_no_nonsense() -> None:
    reader = Reader(
        {"product": ["1"], "words": ["red"], "find": ["x"], "page": ["2"], "photo": ["0f"], TYPE: ["Shoes"]}
    )
    reader.say_unknown(SHOP)
    assert not reader.problems


def test_a_filter_is_called_as_its_attribute_unless_that_is_taken() -> None:
    assert [address.parameter(name) for name in (TYPE, f"{TYPE}!", "Product", "product!")] == [
        TYPE,
        f"{TYPE}!",
        "Product",
        "product!",
    ]
    assert [address.parameter(name) for name in ("product", "product*", "EMBED", "tab")] == [
        "product*",
        "product**",
        "EMBED*",
        "tab*",
    ]
