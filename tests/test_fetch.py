"""The command `fetch`, as a user meets it: from an export with addresses to a folder that is a catalog."""

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from prodsim import catalog
from prodsim.catalog import addressed, stem_of
from prodsim.cli import app, fetch
from tests.samples import encoded, noise, picture
from tests.shop_server import Shop, open_shop


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """A shop's server, which may be asked though it is on this machine."""
    with open_shop() as shop:
        monkeypatch.setattr(fetch, "fetch", partial(catalog.fetch, judge=shop.judge()))
        monkeypatch.setattr(catalog.hosts, "PAUSE_SECONDS", 0)
        monkeypatch.setenv("PRODSIM_OFFLINE", "0")
        yield shop


@pytest.fixture
def table(shop: Shop, tmp_path: Path) -> Path:
    """Five products, their pictures by address, and where they are sold."""
    addresses = [shop.gives(f"/{number}.jpg?v=1", encoded(noise((20, 20), number), "JPEG")) for number in range(5)]
    return write(tmp_path / "export.csv", [[str(n), f"https://shop.example/{n}", a] for n, a in enumerate(addresses)])


def write(path: Path, rows: list[list[str]], separator: str = ",") -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=separator).writerows([["id", "link", "Image Src"], *rows])
    return path


def run(*arguments: object, answer: str | None = None) -> Result:
    return CliRunner().invoke(app, ["fetch", *map(str, arguments)], input=answer)


def test_an_export_becomes_a_catalog(shop: Shop, table: Path, tmp_path: Path) -> None:
    result = run(table, tmp_path / "my shop", "--yes")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"5 of 5 pictures are in {tmp_path / 'my shop' / 'images'}.\n"
    assert f"python -m prodsim index --catalog '{tmp_path / 'my shop'}'" in result.stderr
    assert (tmp_path / "my shop" / "export.csv").read_bytes() == table.read_bytes()
    assert {path.stem for path in (tmp_path / "my shop" / "images").iterdir()} == {
        stem_of(shop.url(f"/{number}.jpg?v=1")) for number in range(5)
    }


def test_nothing_is_fetched_before_it_was_asked(shop: Shop, table: Path, tmp_path: Path) -> None:
    for answer in ("n\n", None):
        result = run(table, tmp_path / "new", answer=answer)
        assert result.exit_code == 1
        assert "5 pictures of 1 host (127.0.0.1) are to be fetched" in result.stderr
        assert shop.asked == [] and not (tmp_path / "new").exists()
    assert run(table, tmp_path / "new", answer="y\n").exit_code == 0
    assert len(shop.asked) == 5


def test_the_next_run_goes_on(shop: Shop, table: Path, tmp_path: Path) -> None:
    whole = shop.answers.pop("/3.jpg?v=1")
    first = run(table, tmp_path / "new", "--yes")
    assert first.exit_code == 0 and first.stdout.startswith("4 of 5 ")
    assert "could not be fetched: 1; the same command tries them again" in first.stderr
    assert f"1: there is no such picture (the server answers 404), for example {shop.url('/3.jpg?v=1')}" in first.stderr
    shop.answers["/3.jpg?v=1"] = whole
    shop.asked.clear()
    assert run(table, tmp_path / "new", "--yes").stdout.startswith("5 of 5 ")
    assert shop.asked == ["/3.jpg?v=1"]


def test_ctrl_c_keeps_what_was_fetched(table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def __enter__(self):  # type: ignore[no-untyped-def]
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def __call__(self, progress: catalog.Fetched) -> None:
            if progress.done:
                raise KeyboardInterrupt

    monkeypatch.setattr(fetch, "fetch_bar", Interrupted)
    result = run(table, tmp_path / "new", "--yes")
    assert result.exit_code == 130
    assert "The same command goes on from there." in result.stderr and "what was fetched is kept" in result.stderr


def test_a_table_may_lie_in_the_folder_already(table: Path) -> None:
    assert run(table, table.parent, "--yes").exit_code == 0
    assert len([*(table.parent / "images").iterdir()]) == 5


@pytest.mark.parametrize("there", ["export.csv", "other.csv"])
def test_what_is_there_is_not_written_over(shop: Shop, table: Path, tmp_path: Path, there: str) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / there).write_text("something else")
    result = run(table, tmp_path / "new", "--yes")
    assert result.exit_code == 1 and "holds something else already" in result.stderr
    assert shop.asked == []


def test_offline_nothing_is_fetched(shop: Shop, table: Path, tmp_path: Path) -> None:
    result = run(table, tmp_path / "new", "--offline")
    assert result.exit_code == 1 and "PRODSIM_OFFLINE is set" in result.stderr
    assert shop.asked == [] and not (tmp_path / "new").exists()


def test_if_no_picture_comes_it_is_an_error_and_no_catalog(shop: Shop, tmp_path: Path) -> None:
    table = write(tmp_path / "export.csv", [["1", "", "http://169.254.169.254/1.jpg"]])
    result = run(table, tmp_path / "new", "--yes")
    assert result.exit_code == 1 and "is no public address" in result.stderr
    assert not (tmp_path / "new" / "export.csv").exists()


def test_a_table_without_addresses_is_an_error(tmp_path: Path) -> None:
    table = write(tmp_path / "export.csv", [["1", "https://shop.example/1", "images/1.jpg"]])
    result = run(table, tmp_path / "new", "--yes")
    assert result.exit_code == 1 and "names pictures by address" in result.stderr
    assert run(tmp_path / "none.csv", tmp_path / "new").exit_code == 1


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_cells_are_those_of_columns_with_pictures(tmp_path: Path, separator: str) -> None:
    rows = [
        ["1", "https://shop.example/1", "https://cdn.example/1.jpg,https://cdn.example/2.png?v=3"],
        ["2", "https://shop.example/2"],
    ]
    found = addressed("export.csv", write(tmp_path / "export.csv", rows, separator).read_bytes())
    assert found.addresses == ["https://cdn.example/1.jpg", "https://cdn.example/2.png?v=3"] and found.products == 1


def test_a_column_that_is_called_so_has_pictures_though_no_suffix_says_so(tmp_path: Path) -> None:
    rows = [["1", "https://shop.example/1", "https://cdn.example/image?id=1"]]
    found = addressed("export.csv", write(tmp_path / "export.csv", rows).read_bytes())
    assert found.addresses == [rows[0][2]]


def test_pictures_that_are_here_are_told_from_pages(shop: Shop, tmp_path: Path) -> None:
    shop.gives("/1.jpg", picture("red"))
    table = write(tmp_path / "export.csv", [["1", "https://shop.example/1.html", shop.url("/1.jpg")]])
    assert run(table, tmp_path / "new", "--yes").stdout.startswith("1 of 1 ")
