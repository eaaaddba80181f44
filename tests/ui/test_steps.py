"""What the steps of a search are shown as."""

import numpy as np
import pytest

from prodsim.encoders import REGISTRY, Layer
from prodsim.index import LINEAR, ExactIndex
from prodsim.ui import steps
from prodsim.ui.barcode import BLACK, IN_A_ROW, PAPER, bar_code
from prodsim.ui.histogram import BARS, Mark, histogram

VECTOR = np.array([0.5, -1, 0], np.float32)
SCORES = ExactIndex(np.array([[0], [0.01], [0.5], [1]], np.float32), np.arange(4))
"""Vectors whose scores, for a query of length one, are these numbers."""
COUNTS = SCORES.histogram(np.ones(1, np.float32), LINEAR, BARS)
MARKS = [Mark(1, "<b>Cap", 1.0), Mark(2, "Belt", 0.5)]


def test_a_bar_code_has_a_stripe_for_each_number_from_white_to_black():
    (stripes,) = bar_code(VECTOR).data
    assert [list(row) for row in stripes.z] == [[0.5, -1, 0]]
    assert [color for _, color in stripes.colorscale] == [PAPER, BLACK]


@pytest.mark.parametrize(("numbers", "rows"), [(192, 1), (512, 2), (900, 4), (2048, 8)])
def test_a_long_bar_code_goes_on_in_the_next_row(numbers, rows):
    (stripes,) = bar_code(np.arange(numbers, dtype=np.float32)).data
    assert len(stripes.z) == rows and max(map(len, stripes.z)) <= IN_A_ROW
    assert [number for row in stripes.z for number in row] == list(range(numbers))
    assert stripes.text[-1][-1] == f"number {numbers:,}: {numbers - 1:.4f}"


def test_a_histogram_counts_every_score_in_the_bar_where_it_lies():
    bars, _ = histogram(COUNTS, MARKS).data
    counted = {round(x, 2): y for x, y in zip(bars.x, bars.y, strict=True) if y}
    assert counted == {0.01: 2, 0.51: 1, 0.99: 1}


def test_each_result_is_marked_by_a_line_from_the_top_to_the_bottom_and_named_letter_for_letter():
    _, lines = histogram(COUNTS, MARKS).data
    assert list(lines.x) == [1.0, 0.5]
    assert list(lines.y) == list(lines.error_y.arrayminus)
    assert list(lines.customdata) == ["1. &#60;b&#62;Cap", "2. Belt"]


@pytest.mark.parametrize("figure", [bar_code(VECTOR), histogram(COUNTS, MARKS)], ids=["bar code", "histogram"])
def test_a_finger_on_a_figure_scrolls_the_page(figure):
    assert figure.layout.xaxis.fixedrange and figure.layout.yaxis.fixedrange
    assert figure.layout.dragmode is False


def test_a_layer_is_a_row_with_the_shape_of_its_output():
    table = steps.layer_table([Layer("conv", "Conv2D", (40, 30, 32), 896), Layer("words", "Reader", (None, 8), 3)])
    assert table.to_dict("list") == {
        "kind": ["Conv2D", "Reader"],
        "output": ["40 x 30 x 32", "any x 8"],
        "parameters": [896, 3],
        "name": ["conv", "words"],
    }


@pytest.mark.parametrize("spec", REGISTRY.values(), ids=REGISTRY)
def test_there_is_a_sentence_for_all_that_an_encoder_does(spec):
    assert steps.FITTED[spec.fitting] and steps.RESAMPLED[spec.resample] and steps.SCALED[spec.preprocessing]
    assert bool(steps.POOLED[spec.pooling]) == (spec.family != "pixels")
