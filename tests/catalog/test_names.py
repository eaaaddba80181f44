import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog import check_name, free_name
from prodsim.catalog.names import LONGEST
from prodsim.errors import CatalogError


@pytest.mark.parametrize("name", ["shop", "Shop 2", "my.shop_2-b", "Läden", "कपड़े", "衣料品", "7", "a" * LONGEST])
def test_names_of_letters_and_digits_of_any_script_are_fine(name):
    assert check_name(name, []) == name


def test_blanks_around_a_name_do_not_count():
    assert check_name("  shop ", []) == "shop"


def test_two_ways_to_write_the_same_letter_are_one_name():
    assert check_name("La\u0308den", []) == "L\u00e4den"
    with pytest.raises(CatalogError, match="already"):
        check_name("La\u0308den", ["L\u00e4den"])


@pytest.mark.parametrize("name", ["", " ", "\t\n"])
def test_no_name_is_refused(name):
    with pytest.raises(CatalogError, match=r"has no name\. Give it one"):
        check_name(name, [])


@pytest.mark.parametrize(
    "name",
    ["a/b", "..", ".", "../../etc", ".hidden", "-rf", "a\\b", "a\0b", "a\nb", "a:b", "*", "a\u202eb", "a\udcffb", "👕"],
)
def test_a_name_that_could_mean_something_else_is_refused(name):
    with pytest.raises(CatalogError, match=r"cannot be called .+ Use up to 40 letters"):
        check_name(name, [])


def test_a_very_long_name_is_refused_without_being_repeated():
    with pytest.raises(CatalogError) as caught:
        check_name("a" * 100_000, [])
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("name", ["demo", "Demo", " DEMO "])
def test_a_name_that_is_taken_is_refused_in_any_case(name):
    with pytest.raises(CatalogError, match=r"There is a catalog demo already\. Choose another name"):
        check_name(name, ["shop", "demo"])


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("my-shop", "my-shop"),
        ("my shop (2)", "my shop 2"),
        ("../../etc/passwd", "etc passwd"),
        ("", "catalog"),
        ("***", "catalog"),
        ("demo", "demo 2"),
        ("x" * 100, "x" * 36),
    ],
)
def test_a_free_name_is_near_to_the_wanted_one(wanted, name):
    assert free_name(wanted, ["demo"]) == name


def test_free_names_count_on():
    assert free_name("shop", ["shop", "Shop 2"]) == "shop 3"


@given(st.text(), st.lists(st.text(max_size=3), max_size=5))
def test_a_free_name_is_always_fine(wanted, taken):
    assert check_name(free_name(wanted, taken), taken)
