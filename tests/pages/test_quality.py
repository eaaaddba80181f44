"""Quality: measured by the labels of a small shop whose every third product is a shoe."""

from pathlib import Path

import pytest

from prodsim.encoders import REGISTRY
from tests.needs import ROOT
from tests.pages.running import no_error, run, two_colored
from tests.samples import write_catalog

QUALITY = "pages/quality.py"


def cell(page, column):
    """What the table of encoders says of `pixels`."""
    table = page.dataframe[0].value
    return table.loc[table["encoder"] == REGISTRY["pixels"].title, column].item()


@pytest.fixture
def measured():
    page = run(QUALITY)
    page.selectbox(key="encoder to measure").set_value("pixels").run()
    page.button(key="measure").click().run(timeout=120)
    no_error(page)
    return page


def test_before_anything_is_measured_every_encoder_is_listed_with_what_is_missing():
    page = run(QUALITY)
    no_error(page)
    table = page.dataframe[0].value
    assert set(table["encoder"]) == {spec.title for spec in REGISTRY.values()}
    assert cell(page, "precision@5") == "not measured yet"
    assert "weights" in table.loc[table["encoder"] == REGISTRY["resnet50"].title, "precision@5"].item()


def test_an_encoder_is_measured_from_the_page_with_intervals_and_speed(measured):
    mean, _, interval = cell(measured, "precision@5").partition(" ")
    low, high = interval.strip("()").split(" to ")
    assert 0 <= float(low) <= float(mean) <= float(high) <= 1
    assert float(cell(measured, "pictures/s").replace(",", "")) > 0
    assert cell(measured, "queries") == "12"


def test_what_was_measured_is_still_there_for_the_next_visitor(measured):
    assert cell(run(QUALITY), "precision@5") == cell(measured, "precision@5")


def test_a_changed_catalog_has_to_be_measured_again(measured, shop: Path):
    (shop / "images" / "100.png").write_bytes(two_colored((1, 2, 3)))
    assert cell(run(QUALITY), "precision@5") == "not measured yet"


def test_another_scoring_is_another_measurement(measured):
    measured.selectbox(key="judged by").set_value("linear").run()
    no_error(measured)
    assert cell(measured, "precision@5") == "not measured yet"


def test_the_way_leads_from_a_class_to_its_failing_queries_and_their_wrong_neighbors(measured):
    measured.selectbox(key="failing class").set_value(("Shoes",)).run()
    no_error(measured)
    assert any("of 5 wrong" in line.value for line in measured.markdown)
    assert any("wrong" in caption.value and "Shirts" in caption.value for caption in measured.caption)


def test_a_catalog_without_types_is_answered_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = write_catalog(tmp_path / "plain", {"1": two_colored((9, 9, 9)), "2": two_colored((99, 9, 9))}, {})
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))
    page = run(QUALITY)
    assert not page.exception
    assert "has no type to judge results by" in page.error[0].value.replace("\\", "")


def test_the_page_is_short():
    assert len((ROOT / QUALITY).read_text().splitlines()) < 120
