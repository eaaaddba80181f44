import re

import pandas as pd
import pytest
from PIL import ImageColor

from prodsim.ui import figures
from prodsim.ui.linked import selected_point
from prodsim.ui.palette import OUTLINE, UNKNOWN, color_of

COUNTS = pd.DataFrame({"articleType": ["Shirts", "Belts"], "products": [1200, 2]})
TABLE = pd.DataFrame([[2, 0, 1], [0, 1200, 3]], index=["Shirts", "<b>Caps"], columns=["Red", "Blue", "Tan"])

GROUNDS = {"light": "#ffffff", "dark": "#16181b"}
"""Backgrounds of the themes in .streamlit/config.toml."""


def luminance(color):
    channels = [value / 255 for value in color]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """As WCAG 2 has it, from 1 to 21."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def rgb(name):
    return ImageColor.getrgb(name)[:3]


# bars


def test_bars_are_as_long_as_their_numbers_and_the_first_is_on_top():
    (bar,) = figures.bars(COUNTS).data
    axis = figures.bars(COUNTS).layout.yaxis
    assert (list(bar.x), list(bar.y), list(bar.text)) == ([1200, 2], [0, 1], ["1,200", "2"])
    assert list(axis.ticktext) == ["Shirts", "Belts"]
    assert axis.range[0] > axis.range[1]


def test_years_are_labels_and_not_numbers():
    axis = figures.bars(pd.DataFrame({"year": ["2011", "2012"], "products": [1, 2]})).layout.yaxis
    assert (list(axis.tickvals), list(axis.ticktext)) == ([0, 1], ["2011", "2012"])


def test_bars_have_one_color_or_each_its_own_with_an_outline():
    assert figures.bars(COUNTS).data[0].marker.color == figures.COLOR
    marker = figures.bars(COUNTS, ["#ffffff", "#000000"]).data[0].marker
    assert list(marker.color) == ["#ffffff", "#000000"]
    assert (marker.line.color, marker.line.width) == (OUTLINE, 1)


def test_labels_are_shown_letter_for_letter_and_long_ones_are_cut():
    figure = figures.bars(pd.DataFrame({"usage": ["<b>bold</b>", "x" * 60], "products": [1, 1]}))
    assert list(figure.layout.yaxis.ticktext) == ["&#60;b&#62;bold&#60;/b&#62;", "x" * (figures.LONGEST - 1) + "…"]
    assert list(figure.data[0].customdata) == ["&#60;b&#62;bold&#60;/b&#62;", "x" * 60]


@pytest.mark.parametrize("figure", [figures.bars(COUNTS), figures.heat_map(TABLE)], ids=["bars", "heat map"])
def test_a_finger_on_a_figure_scrolls_the_page(figure):
    assert figure.layout.xaxis.fixedrange and figure.layout.yaxis.fixedrange
    assert figure.layout.dragmode is False


# side by side


def test_small_figures_stand_below_each_other_in_the_order_given():
    heights = {"gender": 5, "category": 7, "kind": 13, "season": 4, "year": 13, "usage": 8}
    assert figures.side_by_side(heights, 4) == [["gender", "category"], ["kind"], ["season", "usage"], ["year"]]


def test_no_column_is_empty():
    assert figures.side_by_side({"gender": 5, "year": 9}, 4) == [["gender"], ["year"]]
    assert figures.side_by_side({}, 4) == []


# the heat map


def test_cells_are_numbered_row_by_row():
    cells, texts = figures.heat_map(TABLE).data
    assert list(zip(cells.y, cells.base, strict=True)) == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    assert list(texts.text) == ["2", "", "1", "", "1.2k", "3"]
    assert cells.hovertext[4] == "&#60;b&#62;Caps, Blue: 1,200 products"


def opacity(color):
    return float(re.fullmatch(r"rgba\(61,143,136,([\d.]+)\)", color)[1])


def test_a_cell_is_the_stronger_the_more_products_it_has():
    two, none, one, _, most, three = map(opacity, figures.heat_map(TABLE).data[0].marker.color)
    assert figures.FAINTEST == none < one < two < three < most == figures.STRONGEST


def test_a_heat_map_without_any_product_can_be_drawn():
    assert set(map(opacity, figures.heat_map(TABLE * 0).data[0].marker.color)) == {figures.FAINTEST}


@pytest.mark.parametrize("theme", GROUNDS)
@pytest.mark.parametrize("strength", [figures.FAINTEST, figures.STRONGEST])
def test_numbers_can_be_read_on_every_cell(theme, strength):
    pairs = zip(rgb(figures.COLOR), rgb(GROUNDS[theme]), strict=True)
    cell = [strength * over + (1 - strength) * under for over, under in pairs]
    assert contrast(rgb(figures.INK[theme]), cell) >= 4.5


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, ""), (7, "7"), (999, "999"), (1000, "1.0k"), (1249, "1.2k"), (9949, "9.9k"), (64000, "64k")],
)
def test_short_numbers_have_the_room_of_three_digits(number, text):
    assert figures.short(number) == text


# colors


@pytest.mark.parametrize(
    ("name", "color"),
    [("Black", "#000000"), ("white", "#ffffff"), (" Navy  Blue", color_of("navyblue")), ("Sea Green", "#2e8b57")],
)
def test_names_of_colors_are_known_in_any_case_with_or_without_blanks(name, color):
    assert color_of(name) == color


@pytest.mark.parametrize("name", ["", "Multi", "42", "#ff0000", "rgb(1,2,3)"])
def test_what_is_no_name_of_a_color_is_gray(name):
    assert color_of(name) == UNKNOWN


def test_the_colors_of_the_real_catalog_are_known():
    """All 46 of the Kaggle data set, but the one that is no color."""
    names = """Beige, Black, Blue, Bronze, Brown, Burgundy, Charcoal, Coffee Brown, Copper, Cream, Fluorescent Green,
        Gold, Green, Grey, Grey Melange, Khaki, Lavender, Lime Green, Magenta, Maroon, Mauve, Metallic, Mushroom Brown,
        Mustard, Navy Blue, Nude, Off White, Olive, Orange, Peach, Pink, Purple, Red, Rose, Rust, Sea Green, Silver,
        Skin, Steel, Tan, Taupe, Teal, Turquoise Blue, White, Yellow"""
    colors = {name.strip(): color_of(name) for name in names.split(",")}
    assert UNKNOWN not in colors.values()
    assert len(set(colors.values())) == len(colors) == 45


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=GROUNDS)
@pytest.mark.parametrize("color", [OUTLINE, figures.COLOR], ids=["outline", "bars"])
def test_bars_and_outlines_can_be_told_from_both_grounds(color, ground):
    assert contrast(rgb(color), rgb(ground)) >= 3


# clicks


def point(curve, index):
    return {"curve_number": curve, "point_number": index, "point_index": index}


def test_the_point_clicked_is_that_of_the_bars():
    assert selected_point({"points": []}) is None
    assert selected_point({"points": [point(0, 3)]}) == 3
    assert selected_point({"points": [point(1, 5)]}) is None
