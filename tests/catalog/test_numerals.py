"""What is a number, and in which column."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog.numerals import DIGITS, find_numerals, plain_number, written


def read(*cells: str) -> list[float] | None:
    """The numbers of a column of these cells; None if it is none of numbers."""
    numerals = find_numerals({cell: cells.count(cell) for cell in cells})
    return numerals and [numerals.read(cell) for cell in cells]


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["19.90 EUR", "5 EUR", "1250 EUR"], [19.9, 5, 1250]),
        (["$1,299.00", "$5.50", "-$3"], [1299, 5.5, -3]),
        (["1.299,00 €", "19,90 €", "5 €"], [1299, 19.9, 5]),
        (["12 cm", "7.5cm", "100  cm"], [12, 7.5, 100]),
        (["Rs. 1,00,000", "Rs. 999"], [100_000, 999]),
        (["US$ 20", "US$15"], [20, 15]),
        (["1'299.00 CHF", "5.50 CHF"], [1299, 5.5]),
        (["1 299,50 kr", "99,- kr", "20 kr"], [1299.5, 99, 20]),
        (["EUR19.90", "EUR 5.00"], [19.9, 5]),
        (["1.299", "2.499", "899"], [1299, 2499, 899]),
        (["0.250", "1.500"], [0.25, 1.5]),
        (["1,299", "12"], [1299, 12]),
        (["2011", "2012.0"], [2011, 2012]),
        (["\u22125", "+3", ".5"], [-5, 3, 0.5]),
        (["40 %", "5%"], [40, 5]),
        (["0", "10"], [0, 10]),
    ],
)
def test_numbers_are_read_with_what_stands_around_them(cells: list[str], numbers: list[float]) -> None:
    assert read(*cells) == numbers


@pytest.mark.parametrize(
    "cells",
    [
        ["00123", "00456", "12345"],
        ["4006381333931", "5901234123457", "4012345678901"],
        ["AB-1001", "AB-1002"],
        ["500 ml", "1 l", "250 ml", "2 l"],
        ["10 EUR", "10 USD"],
        ["38, 39", "40, 41, 42"],
        ["2011-05-01", "2012-05-01"],
        ["5½", "6½", "7"],
        ["S", "M", "L"],
        ["32A", "34B", "36C"],
        ["1", "two", "three"],
        ["1.2.3", "1.2.4"],
        ["nan", "inf", "1e5"],
        ["9" * 5000, "8" * 5000],
        ["1" + " " * 5000 + "2", "3"],
        ["0.250", "-", "", "."],
        [],
    ],
)
def test_codes_dates_sizes_and_mixed_units_are_no_numbers(cells: list[str]) -> None:
    assert read(*cells) is None


def test_a_few_cells_may_be_no_numbers() -> None:
    numbers = read(*["10"] * 19, "on request")
    assert numbers and numbers[:19] == [10] * 19 and math.isnan(numbers[19])
    assert read(*["10"] * 18, "on request", "sold out") is None


DECIMALS = st.sampled_from([(".", ","), (",", "."), (".", ""), (",", "")])


@given(st.lists(st.integers(0, 10_000_000), min_size=1, max_size=20), DECIMALS, st.sampled_from(["{}", "{} €", "$ {}"]))
def test_amounts_are_read_back_however_a_country_writes_them(
    cents: list[int], marks: tuple[str, str], around: str
) -> None:
    decimal, group = marks
    cells = []
    for amount in cents:
        whole, part = divmod(amount, 100)
        cells.append(around.format(f"{whole:,}".replace(",", group) + decimal + f"{part:02}"))
    assert read(*cells) == [amount / 100 for amount in cents]


@given(st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 4)))
def test_what_is_written_is_read_back(number: float) -> None:
    assert plain_number(written(number)) == number


@given(st.text(alphabet="0123456789.,-+ '$€cmkr\u00a0", max_size=60))
def test_any_text_is_a_number_or_none(text: str) -> None:
    assert not math.isinf(plain_number(text))
    numbers = read(text)
    assert numbers is None or abs(numbers[0]) < 10.0**DIGITS


@pytest.mark.parametrize("text", ["", "x", "1e5", "inf", "nan", "1_000", "0x10", "--1", "9" * 5000, "1,5"])
def test_what_is_no_plain_number_is_none(text: str) -> None:
    assert math.isnan(plain_number(text))
