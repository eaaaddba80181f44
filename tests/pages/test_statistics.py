import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.ui import linked
from tests.pages.running import counted, no_error, rainbow, run
from tests.samples import write_catalog

PAGE = "app.py"
"""The page that has them."""


def _headings(page: AppTest) -> list[str]:
    return [heading.value for heading in page.subheader]


def _samples(page: AppTest) -> list[str]:
    """Ids of the products in the strip."""
    links = [link.proto.query_string for link in page.page_link if link.proto.page == "similar"]
    return [found[1] for link in links if (found := re.search(r"product=(\w+)", link))]


def test_they_tell_how_large_the_catalog_is() -> None:
    page = run(PAGE)
    no_error(page)
    assert counted(page) == {
        "products": "12",
        "pictures": "12",
        "attributes": "3",
        "types": "2",
        "missing values": "0",
    }


def test_sample_pictures_lead_to_their_look_alikes() -> None:
    page = run(PAGE)
    assert len(page.image) == len(_samples(page)) == 10
    link = next(link.proto for link in page.page_link if "product=100" in link.proto.query_string)
    assert link.label == "Model…"
    assert link.help.startswith("Look-alikes of Model 100 Rock")


def test_what_was_left_out_is_listed(shop: Path) -> None:
    (shop / "images" / "100.png").unlink()
    page = run(PAGE)
    no_error(page)
    assert "Repaired or left out (1)" in [tab.label for tab in page.tabs]
    assert any("1 rows without a picture" in line.value for line in page.markdown)


def test_a_folder_without_a_table_has_pictures_alone(shop: Path) -> None:
    (shop / "styles.csv").unlink()
    page = run(PAGE)
    no_error(page)
    assert counted(page) == {"products": "12", "pictures": "12"}
    assert not page.tabs


@pytest.fixture
def colorful(shop: Path) -> Path:
    """The shop with a color and a year for each product: six red ones, five blue ones, one without a color."""
    header, *rows = (shop / "styles.csv").read_text().splitlines()
    colors = ["Red"] * 6 + ["Blue"] * 5 + [""]
    rows = [f"{row},{color},{2000 + place // 4}" for place, (row, color) in enumerate(zip(rows, colors, strict=True))]
    (shop / "styles.csv").write_text("\n".join([f"{header},baseColour,year", *rows]))
    return shop


def test_colors_and_missing_values_are_counted(colorful: Path) -> None:
    numbers = counted(run(PAGE))
    assert (numbers["colors"], numbers["missing value"]) == ("2", "1")


def test_one_line_tells_the_size_of_the_whole_catalog_and_leads_to_its_statistics(colorful: Path) -> None:
    page = run("app.py", gender="Men")
    assert any(
        line.value == "**12**&nbsp;products · **2**&nbsp;types · **2**&nbsp;colors · **1**&nbsp;missing value"
        for line in page.markdown
    )
    link = next(link.proto for link in page.page_link if link.label == "Statistics")
    assert link.page == "catalog"
    assert "tab=statistics" in link.query_string and "catalog=shop" in link.query_string


def test_the_line_leaves_out_what_the_catalog_does_not_have(shop: Path) -> None:
    (shop / "styles.csv").unlink()
    assert any(line.value == "**12**&nbsp;products" for line in run("app.py").markdown)


def test_every_attribute_has_its_figure_and_the_table_and_its_shape_are_shown(colorful: Path) -> None:
    page = run(PAGE)
    no_error(page)
    assert _headings(page) == [
        "From the catalog",
        "Article type",
        "Base colour",
        "Article types and colors",
        "Gender",
        "Year",
    ]
    assert len(page.get("plotly_chart")) == 5
    assert [tab.label for tab in page.tabs] == ["Attributes", "Table"]
    assert any("12 rows and 6 columns." in caption.value for caption in page.caption)


def test_types_and_colors_have_their_figures_where_one_of_them_is_left(colorful: Path) -> None:
    page = run(PAGE, articleType="Shoes", baseColour="Red", gender="Men")
    no_error(page)
    assert _headings(page)[1:] == ["Article type", "Base colour", "Gender", "Year"]


def test_a_catalog_of_ids_alone_has_no_figures(shop: Path) -> None:
    (shop / "styles.csv").write_text("\n".join(["id", *rainbow(12)]))
    page = run(PAGE)
    no_error(page)
    assert not page.get("plotly_chart")
    assert not page.button_group


def test_marks_in_a_value_are_shown_letter_for_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {"1": {"gender": ":red[Men] *x*"}, "2": {"gender": "<b>Women"}}
    folder = write_catalog(tmp_path / "marks", dict.fromkeys(rows, "red"), rows)
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))
    page = run(PAGE)
    no_error(page)
    assert r"\:red\[Men\] \*x\* (1)" in page.button_group(key="narrow gender").options


def test_a_gender_narrows_everything_and_stays_in_the_address(colorful: Path) -> None:
    page = run(PAGE)
    assert page.button_group(key="narrow gender").options == ["Men (6)", "Women (6)"]
    page.button_group(key="narrow gender").set_value(["Men"]).run()
    no_error(page)
    assert counted(page)["products"] == "6"
    assert page.query_params["gender"] == "Men"
    assert len(_samples(page)) == 6 and all(int(id_) % 2 == 0 for id_ in _samples(page))
    page.button_group(key="narrow gender").set_value([]).run()
    assert counted(page)["products"] == "12"
    assert "gender" not in page.query_params


def test_a_narrowed_link_shows_what_narrows_it_and_lets_go_of_it(colorful: Path) -> None:
    page = run(PAGE, gender="Women", baseColour="Red")
    assert page.button_group(key="narrow gender").value == ["Women"]
    assert counted(page)["products"] == "3"
    chip = page.button(key="chip baseColour=Red")
    assert chip.label == "Base colour: Red"
    chip.click().run()
    assert counted(page)["products"] == "6"


def test_filters_that_leave_nothing_are_explained(colorful: Path) -> None:
    page = run(PAGE, baseColour="Blue", year="2000")
    no_error(page)
    assert "No product passes" in page.info[0].value
    assert not page.get("plotly_chart")
    page.button(key="drop year").click().run()
    assert counted(page)["products"] == "5"


def test_the_samples_are_the_same_at_first_and_others_after_a_shuffle() -> None:
    page = run(PAGE)
    first = _samples(page)
    assert _samples(run(PAGE)) == first
    page.button(key="shuffle").click().run()
    assert len(_samples(page)) == 10
    assert _samples(page) != first


@pytest.mark.parametrize(
    ("figure", "clicked", "expected"),
    [
        ("articleType", 0, {"articleType": "Shirts"}),
        ("baseColour", 1, {"baseColour": "Blue"}),
        ("year", 2, {"year": "2002"}),
        ("article types and colors", 1, {"articleType": "Shirts", "baseColour": "Blue"}),
    ],
)
def test_a_click_on_a_figure_opens_those_products_in_the_catalog(
    figure: str, clicked: int, expected: dict[str, str], colorful: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AppTest cannot click on a figure, so the click is made up; the browser's test makes a real one."""
    monkeypatch.setattr(linked, "_clicked", lambda _, name, heading, alt: clicked if name == figure else None)
    page = run(PAGE, gender="Women")
    no_error(page)
    assert page.title[0].value == "Catalog"
    found = {name: page.session_state[f"filter {name}"] for name in ("gender", *expected)}
    assert found == {"gender": ["Women"]} | {name: [value] for name, value in expected.items()}


def test_every_value_is_a_link_once_they_are_unfolded(colorful: Path) -> None:
    page = run(PAGE, gender="Women")
    assert not any("articleType=" in link.proto.query_string for link in page.page_link)
    page.session_state[linked.LINKS] = True
    page.run()
    links = {link.label: link.proto for link in page.page_link if "gender=" in link.proto.query_string}
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
    assert "gender=Women" in links["Shoes (2)"].query_string
    assert "articleType=Shoes" in links["Shoes (2)"].query_string


def test_what_was_left_out_can_be_downloaded(shop: Path) -> None:
    assert not run(PAGE).download_button
    (shop / "images" / "100.png").unlink()
    page = run(PAGE)
    assert page.download_button(key="download problems").label == "Download as CSV"
