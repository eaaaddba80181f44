from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.ui import linked
from tests.pages.running import no_error, rainbow, run
from tests.samples import picture, write_catalog


def _metrics(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


def _headings(page: AppTest) -> list[str]:
    return [heading.value for heading in page.subheader]


def _samples(page: AppTest) -> list[str]:
    """Addresses of the sample pictures' look-alikes."""
    links = [link.proto.query_string for link in page.page_link if link.label == "Look-alikes"]
    return [link for link in links if "product=" in link]


def test_home_tells_how_large_the_catalog_is() -> None:
    page = run("app.py")
    no_error(page)
    figures = {metric.label: metric.value for metric in page.metric}
    assert figures == {
        "Products": "12",
        "Pictures": "12",
        "Attributes": "3",
        "Missing values": "0",
        "Article types": "2",
    }


def test_home_shows_sample_pictures_that_lead_to_their_look_alikes() -> None:
    page = run("app.py")
    assert len(page.image) == 10
    links = [link for link in page.page_link if link.label == "Look-alikes" and "product=" in link.proto.query_string]
    assert len(links) == 10


def test_home_lists_what_was_left_out(shop: Path) -> None:
    (shop / "images" / "100.png").unlink()
    page = run("app.py")
    no_error(page)
    assert any("1 rows without a picture" in line.value for line in page.markdown)


def test_home_of_a_folder_without_a_table_shows_its_pictures(shop: Path) -> None:
    (shop / "styles.csv").unlink()
    page = run("app.py")
    no_error(page)
    assert {metric.label for metric in page.metric} == {"Products", "Pictures", "Attributes"}


def test_the_app_recovers_when_the_catalog_is_mended(shop: Path) -> None:
    table = (shop / "styles.csv").read_text()
    (shop / "styles.csv").write_text(table.replace("id,", "number,", 1))
    page = run("app.py")
    assert "column" in page.error[0].value
    (shop / "styles.csv").write_text(table)
    page.run()
    no_error(page)
    assert page.metric


def test_a_changed_catalog_is_shown_without_a_restart(shop: Path) -> None:
    page = run("app.py")
    (shop / "images" / "999.png").write_bytes(picture("black"))
    with (shop / "styles.csv").open("a") as table:
        table.write("999,Hats,A new hat\n")
    page.run()
    assert page.metric[0].value == "13"


@pytest.fixture
def colorful(shop: Path) -> Path:
    """The shop with a color and a year for each product: six red ones, five blue ones, one without a color."""
    header, *rows = (shop / "styles.csv").read_text().splitlines()
    colors = ["Red"] * 6 + ["Blue"] * 5 + [""]
    rows = [f"{row},{color},{2000 + place // 4}" for place, (row, color) in enumerate(zip(rows, colors, strict=True))]
    (shop / "styles.csv").write_text("\n".join([f"{header},baseColour,year", *rows]))
    return shop


def test_home_counts_missing_values(colorful: Path) -> None:
    assert _metrics(run("app.py"))["Missing values"] == "1"


def test_every_attribute_has_its_figure_and_the_table_and_its_shape_are_shown(colorful: Path) -> None:
    page = run("app.py")
    no_error(page)
    assert _headings(page) == [
        "Article type",
        "Base colour",
        "Gender",
        "Year",
        "Article types and colors",
        "Attributes",
        "The table",
    ]
    assert len(page.get("plotly_chart")) == 5
    assert any("12 rows and 6 columns." in caption.value for caption in page.caption)


def test_a_catalog_of_ids_alone_has_no_figures(shop: Path) -> None:
    (shop / "styles.csv").write_text("\n".join(["id", *rainbow(12)]))
    page = run("app.py")
    no_error(page)
    assert not page.get("plotly_chart")
    assert not page.button_group


def test_marks_in_a_value_are_shown_letter_for_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {"1": {"gender": ":red[Men] *x*"}, "2": {"gender": "<b>Women"}}
    folder = write_catalog(tmp_path / "marks", dict.fromkeys(rows, "red"), rows)
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))
    page = run("app.py")
    no_error(page)
    assert r"\:red\[Men\] \*x\* (1)" in page.button_group(key="narrow gender").options


def test_a_gender_narrows_everything_and_stays_in_the_address(colorful: Path) -> None:
    page = run("app.py")
    assert page.button_group(key="narrow gender").options == ["Men (6)", "Women (6)"]
    page.button_group(key="narrow gender").set_value(["Men"]).run()
    no_error(page)
    assert _metrics(page)["Products"] == "6"
    assert page.query_params["gender"] == "Men"
    assert all(int(link.rpartition("product=")[2]) % 2 == 0 for link in _samples(page))
    page.button_group(key="narrow gender").set_value([]).run()
    assert _metrics(page)["Products"] == "12"
    assert "gender" not in page.query_params


def test_a_link_to_a_narrowed_home_shows_what_narrows_it_and_lets_go_of_it(colorful: Path) -> None:
    page = run("app.py", gender="Women", baseColour="Red")
    assert page.button_group(key="narrow gender").value == ["Women"]
    assert _metrics(page)["Products"] == "3"
    chip = page.button(key="chip baseColour=Red")
    assert chip.label == "Base colour: Red"
    chip.click().run()
    assert _metrics(page)["Products"] == "6"


def test_filters_that_leave_nothing_are_explained(colorful: Path) -> None:
    page = run("app.py", baseColour="Blue", year="2000")
    no_error(page)
    assert "No product passes" in page.info[0].value
    assert not page.get("plotly_chart")
    page.button(key="drop year").click().run()
    assert _metrics(page)["Products"] == "5"


def test_the_samples_are_the_same_at_first_and_others_after_a_shuffle() -> None:
    page = run("app.py")
    first = _samples(page)
    assert _samples(run("app.py")) == first
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
    monkeypatch.setattr(linked, "_clicked", lambda _, name, alt: clicked if name == figure else None)
    page = run("app.py", gender="Women")
    no_error(page)
    assert page.title[0].value == "Catalog"
    found = {name: page.session_state[f"filter {name}"] for name in ("gender", *expected)}
    assert found == {"gender": ["Women"]} | {name: [value] for name, value in expected.items()}


def test_every_value_is_a_link_once_they_are_unfolded(colorful: Path) -> None:
    page = run("app.py", gender="Women")
    assert not any("articleType=" in link.proto.query_string for link in page.page_link)
    page.session_state["links articleType"] = True
    page.run()
    links = {link.label: link.proto for link in page.page_link if "articleType=" in link.proto.query_string}
    assert [*links] == ["Shirts (4)", "Shoes (2)"]
    assert links["Shoes (2)"].page == "catalog"
    assert "gender=Women" in links["Shoes (2)"].query_string


def test_what_was_left_out_can_be_downloaded(shop: Path) -> None:
    assert not run("app.py").download_button
    (shop / "images" / "100.png").unlink()
    page = run("app.py")
    assert page.download_button(key="download problems").label == "Download as CSV"
