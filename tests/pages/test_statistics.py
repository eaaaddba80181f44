"""Statistics, a tab of the catalog."""

from pathlib import Path
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from prodsim.ui import linked
from tests.pages.cards import cards
from tests.pages.links import follow
from tests.pages.running import counted, no_error, rainbow, run
from tests.pages.searching import open_tab
from tests.samples import write_catalog

TABS = "tab of the catalog"


def opened(**chosen: str) -> AppTest:
    """The tab, at this address."""
    return run("pages/catalog.py", unfolded=("filters open",), tab="statistics", **chosen)


def _headings(page: AppTest) -> list[str]:
    return [heading.value for heading in page.subheader]


def _samples(page: AppTest) -> list[str]:
    """Ids of the products in the strip."""
    links = [parse_qs(link.proto.query_string) for link in page.page_link if link.proto.page == ""]
    return [link["product"][0] for link in links if "product" in link]


def _listed(page: AppTest) -> list[str]:
    """Ids of the products that are browsed."""
    return [card["id"] for card in cards(page)]


def _records(page: AppTest) -> list[str]:
    """Labels of the tabs below the figures."""
    return [tab.label for tab in page.tabs if tab.label not in ("Browse", "Statistics")]


def test_they_tell_how_large_the_catalog_is() -> None:
    page = opened()
    no_error(page)
    assert counted(page) == {
        "products": "12",
        "pictures": "12",
        "attributes": "3",
        "types": "2",
        "missing values": "0",
    }


def test_sample_pictures_lead_to_their_look_alikes() -> None:
    page = opened()
    assert len(page.image) == len(_samples(page)) == 10
    link = next(link.proto for link in page.page_link if "product=100" in link.proto.query_string)
    assert link.label == "Model…"
    assert link.help.startswith("Look-alikes of Model 100 Rock")
    assert link.page == "" and "tab=" not in link.query_string


def test_they_are_those_of_the_products_that_are_browsed_and_the_other_way_round() -> None:
    page = run("pages/catalog.py", unfolded=("filters open",), find="10", articleType="Shirts")
    open_tab(page, "Statistics", TABS)
    no_error(page)
    assert counted(page)["products"] == "8", "of a search by name they know nothing"
    assert "find" not in page.query_params and page.query_params["tab"] == "statistics"
    page.multiselect(key="filter gender").set_value(["Women"]).run()
    open_tab(page, "Browse", TABS)
    no_error(page)
    assert page.text_input(key="find").value == "10" == page.query_params["find"]
    assert _listed(page) == ["101", "103", "107", "109"]


def test_sample_pictures_keep_the_filters_of_the_query_and_not_those_of_the_catalog() -> None:
    there = run("app.py", unfolded=("filters open",), product="103", more="107", articleType="Shirts")
    page = follow(there, "Catalog")
    open_tab(page, "Statistics", TABS)
    page.multiselect(key="filter gender").set_value(["Men"]).run()
    link = next(parse_qs(link.proto.query_string) for link in page.page_link if link.label == "Model…")
    assert link["articleType"] == ["Shirts"] and "gender" not in link and "more" not in link


def test_what_was_left_out_is_listed(shop: Path) -> None:
    (shop / "images" / "100.png").unlink()
    page = opened()
    no_error(page)
    assert "Repaired or left out (1)" in _records(page)
    assert any("1 rows without a picture" in line.value for line in page.markdown)


def test_a_folder_without_a_table_has_pictures_alone(shop: Path) -> None:
    (shop / "styles.csv").unlink()
    page = opened()
    no_error(page)
    assert counted(page) == {"products": "12", "pictures": "12"}
    assert not _records(page)


def test_colors_and_missing_values_are_counted(colorful: Path) -> None:
    numbers = counted(opened())
    assert (numbers["colors"], numbers["missing value"]) == ("2", "1")


def test_every_attribute_has_its_figure_and_the_table_and_its_shape_are_shown(colorful: Path) -> None:
    page = opened()
    no_error(page)
    assert _headings(page) == [
        "From the catalog",
        "Article type",
        "Base colour",
        "Types and colors",
        "Gender",
        "Year",
    ]
    assert len(page.get("plotly_chart")) == 5
    assert _records(page) == ["Attributes", "Table"]
    assert any("12 rows and 6 columns." in caption.value for caption in page.caption)


def test_types_and_colors_have_their_figures_where_one_of_them_is_left(colorful: Path) -> None:
    page = opened(articleType="Shoes", baseColour="Red", gender="Men")
    no_error(page)
    assert _headings(page)[1:] == ["Article type", "Base colour", "Gender", "Year"]


def test_a_catalog_of_ids_alone_has_no_figures(shop: Path) -> None:
    (shop / "styles.csv").write_text("\n".join(["id", *rainbow(12)]))
    page = opened()
    no_error(page)
    assert not page.get("plotly_chart")
    assert not page.multiselect


def test_marks_in_a_value_are_shown_letter_for_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {"1": {"gender": ":red[Men] *x*"}, "2": {"gender": "<b>Women"}}
    folder = write_catalog(tmp_path / "marks", dict.fromkeys(rows, "red"), rows)
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))
    page = opened()
    no_error(page)
    assert ":red[Men] *x*\u2002(1)" in page.multiselect(key="filter gender").options


def test_a_gender_narrows_everything_and_stays_in_the_address(colorful: Path) -> None:
    page = opened()
    assert page.multiselect(key="filter gender").options == ["Men\u2002(6)", "Women\u2002(6)"]
    page.multiselect(key="filter gender").set_value(["Men"]).run()
    no_error(page)
    assert counted(page)["products"] == "6"
    assert page.query_params["gender"] == "Men"
    assert len(_samples(page)) == 6 and all(int(id_) % 2 == 0 for id_ in _samples(page))
    page.multiselect(key="filter gender").set_value([]).run()
    assert counted(page)["products"] == "12"
    assert "gender" not in page.query_params


def test_a_narrowed_link_shows_what_narrows_it_and_lets_go_of_it(colorful: Path) -> None:
    page = opened(gender="Women", baseColour="Red")
    assert page.multiselect(key="filter gender").value == ["Women"]
    assert counted(page)["products"] == "3"
    chip = page.button(key="chip baseColour=Red")
    assert chip.label == "Base colour: Red"
    chip.click().run()
    assert counted(page)["products"] == "6"


def test_filters_that_leave_nothing_are_explained(colorful: Path) -> None:
    page = opened(baseColour="Blue", year="2000")
    no_error(page)
    assert "No product passes" in page.info[0].value
    assert not page.get("plotly_chart")
    page.button(key="drop year").click().run()
    assert counted(page)["products"] == "5"


def test_the_samples_are_the_same_at_first_and_others_after_a_shuffle() -> None:
    page = opened()
    first = _samples(page)
    assert _samples(opened()) == first
    page.button(key="shuffle").click().run()
    assert len(_samples(page)) == 10
    assert _samples(page) != first


@pytest.mark.parametrize(
    ("figure", "clicked", "expected"),
    [
        ("articleType", 0, {"articleType": "Shirts"}),
        ("baseColour", 1, {"baseColour": "Blue"}),
        ("year", 2, {"year": "2002"}),
        ("types and colors", 1, {"articleType": "Shirts", "baseColour": "Blue"}),
    ],
)
def test_a_click_on_a_figure_opens_those_products_in_the_catalog(
    figure: str, clicked: int, expected: dict[str, str], colorful: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AppTest cannot click on a figure, so the click is made up; the browser's test makes a real one."""
    monkeypatch.setattr(linked, "_clicked", lambda _, name, heading, alt: clicked if name == figure else None)
    page = opened(gender="Women")
    no_error(page)
    assert page.title[0].value == "Catalog" and "tab" not in page.query_params
    filters = {"gender": "Women"} | expected
    assert [button.key for button in page.button if button.key.startswith("chip ")] == [
        f"chip {name}={value}" for name, value in filters.items()
    ]
    assert filters.items() <= page.query_params.items()
    rows = pd.read_csv(colorful / "styles.csv", dtype=str).set_index("id")
    assert _listed(page) == [*rows[(rows[list(filters)] == pd.Series(filters)).all(axis=1)].index]


def test_every_value_is_a_link_once_they_are_unfolded(colorful: Path) -> None:
    page = opened(gender="Women")
    assert not any("articleType=" in link.proto.query_string for link in page.page_link)
    page.session_state[linked.LINKS] = True
    page.run()
    links = {link.label: link.proto for link in page.page_link if link.label.endswith(")")}
    assert [*links] == [
        "Shirts (4)",
        "Shoes (2)",
        "Red (3)",
        "Blue (2)",
        "Women (6)",
        "2000 (2)",
        "2001 (2)",
        "2002 (2)",
    ]
    assert links["Shoes (2)"].page == "catalog"
    follow(page, "Shoes (2)")
    no_error(page)
    assert _listed(page) == ["105", "111"]


def test_what_was_left_out_can_be_downloaded(shop: Path) -> None:
    assert not opened().download_button
    (shop / "images" / "100.png").unlink()
    page = opened()
    assert page.download_button(key="download problems").label == "Download as CSV"
