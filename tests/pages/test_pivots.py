"""Pivots: the same type in another color, and the same color of another type."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.running import no_error, rainbow, run, two_colored
from tests.samples import write_catalog

SIMILAR = "pages/similar.py"
PLAIN = {"100", "101", "102"}
"""Ids without a color."""


@pytest.fixture(autouse=True)
def colored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve products: every third a shoe, every second red, else blue, and some without a color."""
    labels = {
        id_: {
            "articleType": "Shirts" if int(id_) % 3 else "Shoes",
            "baseColour": "" if id_ in PLAIN else "Blue" if int(id_) % 2 else "Red",
        }
        for id_ in rainbow(12)
    }
    pictures = {id_: two_colored(color) for id_, color in rainbow(12).items()}
    monkeypatch.setenv("PRODSIM_CATALOG", str(write_catalog(tmp_path / "colored", pictures, labels, suffix=".png")))


def _results(page: AppTest) -> set[str]:
    return {button.key.rpartition(" ")[2] for button in page.button if button.key.startswith("look-alikes of ")}


def test_one_click_leads_to_the_same_type_in_another_color_and_a_second_one_to_the_opposite() -> None:
    page = run(SIMILAR, product="103", k="12")
    page.button(key="pivot Same type, other color").click().run()
    no_error(page)
    assert _results(page) == {"104", "106", "110"}
    assert page.query_params["articleType"] == "Shirts" and page.query_params["baseColour!"] == "Blue"
    page.button(key="pivot Same color, other type").click().run()
    assert _results(page) == {"105", "111"}


def test_a_pivot_is_a_chip_that_can_be_removed_and_an_address_that_can_be_opened() -> None:
    page = run(SIMILAR, product="103", k="12", **{"articleType": "Shirts", "baseColour!": "Blue"})
    no_error(page)
    assert _results(page) == {"104", "106", "110"}
    assert "pivot Same type, other color" not in [button.key for button in page.button]
    chip = page.button(key="chip baseColour!=Blue")
    assert chip.label == "Not base colour: Blue"
    chip.click().run()
    no_error(page)
    assert "baseColour!" not in page.query_params
    assert _results(page) == {"100", "101", "104", "106", "107", "109", "110"}


def test_a_product_without_a_color_has_no_pivots() -> None:
    page = run(SIMILAR, product="101")
    no_error(page)
    assert not [button for button in page.button if button.key.startswith("pivot")]
