"""Filters: what they are called, and which products pass them."""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from prodsim.catalog.numerals import written
from prodsim.catalog.values import Column
from prodsim.errors import QueryError

Filters = Mapping[str, Sequence[str]]
"""Attribute -> accepted values, `other_than` an attribute -> refused ones, and an attribute with one of BOUNDS, such as
`at_least` and `at_most` of it -> numbers. A product passes if it has an accepted value of each attribute, of each that
it should be other in a value, and none that is refused, and a number within all bounds.
"""

Sign = Literal["", "!", "<", "<=", ">", ">="]
OTHER: Sign = "!"
BOUNDS: Mapping[Sign, np.ufunc] = {"<=": np.less_equal, ">=": np.greater_equal, "<": np.less, ">": np.greater}
"""What follows an attribute in a filter by numbers; those of two marks first."""
WORDS: Mapping[Sign, str] = {"<=": "at most", ">=": "at least", "<": "below", ">": "above"}
_SHOWN = 10
"""Values that an error names."""


def other_than(attribute: str) -> str:
    """The name in Filters for other values of an attribute; in an address or a command, `baseColour!=Blue`."""
    return f"{attribute}{OTHER}"


def at_least(attribute: str) -> str:
    """The name in Filters for a number or more; in an address or a command, `price>=10`."""
    return f"{attribute}>="


def at_most(attribute: str) -> str:
    """The name in Filters for a number or less; in an address or a command, `price<=20`."""
    return f"{attribute}<="


def parted(name: str) -> tuple[str, Sign]:
    """The attribute and the sign of a name in Filters: "price<=" -> "price", "<="."""
    for sign in (*BOUNDS, OTHER):
        if name.endswith(sign):
            return name.removesuffix(sign), sign
    return name, ""


def can_be_named(attribute: str) -> bool:
    """Whether an attribute is not called as filters of another one are."""
    return parted(attribute) == (attribute, "")


def check(column: Column, attribute: str, sign: Sign, value: str) -> None:
    """QueryError if a filter of this column makes no sense."""
    if sign not in BOUNDS:
        if column.place(value) is None:
            known = ", ".join(column.values.texts[:_SHOWN])
            raise QueryError(f"No product has {attribute}={value}. Values that occur are, for example: {known}.")
        return
    if column.kind != "number":
        example = next((f", for example {attribute}={text}" for text in column.values.texts), "")
        raise QueryError(
            f"The values of {attribute} are no numbers, so {attribute}{sign}{value} makes no sense. "
            f"Filter by values{example}."
        )
    if np.isnan(column.bound(value)):
        middle = written(float(column.different[len(column.different) // 2]))
        raise QueryError(
            f"{attribute}{sign}{value} makes no sense: {value!r} is no number. "
            f"Write one, for example {attribute}{sign}{middle}."
        )


def passing(column: Column, attribute: str, sign: Sign, values: Sequence[str]) -> NDArray[np.bool_]:
    """Which rows pass one filter, bool (rows,). QueryError as `check`."""
    for value in values:
        check(column, attribute, sign, value)
    if sign in BOUNDS:
        within = ~np.isnan(column.numbers)
        for value in values:
            within &= BOUNDS[sign](column.numbers, column.bound(value))
        return within
    among = column.values.having(place for value in values if (place := column.place(value)) is not None)
    return among if sign != OTHER else ~among & column.values.filled
