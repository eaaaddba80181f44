from pathlib import Path

from tests.pages.running import no_error, run
from tests.samples import picture


def test_home_tells_how_large_the_catalog_is() -> None:
    page = run("app.py")
    no_error(page)
    figures = {metric.label: metric.value for metric in page.metric}
    assert figures == {"Products": "12", "Pictures": "12", "Attributes": "3", "Article types": "2"}


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
