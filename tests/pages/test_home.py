from pathlib import Path

from tests.pages.running import counted, no_error, run
from tests.samples import picture


def test_the_app_recovers_when_the_catalog_is_mended(shop: Path) -> None:
    table = (shop / "styles.csv").read_text()
    (shop / "styles.csv").write_text(table.replace("id,", "number,", 1))
    page = run("app.py")
    assert "column" in page.error[0].value
    (shop / "styles.csv").write_text(table)
    page.run()
    no_error(page)
    assert counted(page)


def test_a_changed_catalog_is_shown_without_a_restart(shop: Path) -> None:
    page = run("app.py")
    (shop / "images" / "999.png").write_bytes(picture("black"))
    with (shop / "styles.csv").open("a") as table:
        table.write("999,Hats,A new hat\n")
    page.run()
    assert counted(page)["products"] == "13"
