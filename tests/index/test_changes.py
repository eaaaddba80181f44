"""What changed in a catalog's pictures since it was last indexed."""

import os
import zipfile
from pathlib import Path

import pytest

from prodsim.catalog import open_catalog, read_catalog
from prodsim.config import Settings
from prodsim.index import Changes, index
from tests.samples import FakeAvailable, picture, write_catalog


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return write_catalog(tmp_path / "shop", {"1": "red", "2": "blue", "3": "green"}, suffix=".png")


def indexed(shop: Path, encoder: FakeAvailable, settings: Settings) -> Changes | None:
    *_, last = index(open_catalog(settings.replace(catalog=shop)), encoder, settings)
    return last.changes


def change(shop: Path) -> None:
    """One is removed, one replaced, two come."""
    (shop / "images" / "1.png").unlink()
    (shop / "images" / "2.png").write_bytes(picture("yellow"))
    for new in ("4", "5"):
        (shop / "images" / f"{new}.png").write_bytes(picture((int(new), 0, 0)))
    (shop / "styles.csv").write_text("id\n2\n3\n4\n5\n")


def test_nothing_is_known_the_first_time_and_then_what_changed(
    shop: Path, encoder: FakeAvailable, settings: Settings
) -> None:
    assert indexed(shop, encoder, settings) is None
    assert indexed(shop, encoder, settings) == Changes() and not Changes()
    change(shop)
    assert indexed(shop, encoder, settings) == Changes(added=2, changed=1, removed=1)
    assert encoder.encoded == 6, "only what is new is embedded"
    assert indexed(shop, encoder, settings) == Changes()


def test_so_it_is_with_a_zip(shop: Path, tmp_path: Path, encoder: FakeAvailable, settings: Settings) -> None:
    packed = tmp_path / "packed.zip"

    def pack(time: int) -> None:
        with zipfile.ZipFile(packed, "w") as archive:
            for file in sorted(shop.rglob("*.*")):
                archive.write(file, file.relative_to(shop))
        os.utime(packed, (time, time))

    pack(1)
    assert indexed(packed, encoder, settings) is None
    change(shop)
    pack(2)
    assert indexed(packed, encoder, settings) == Changes(added=2, changed=1, removed=1)


def test_what_was_stopped_is_told_again(shop: Path, encoder: FakeAvailable, settings: Settings) -> None:
    indexed(shop, encoder, settings)
    change(shop)
    steps = index(read_catalog(shop), encoder, settings)
    next(steps)
    next(steps)
    steps.close()
    assert indexed(shop, encoder, settings) == Changes(added=2, changed=1, removed=1)


@pytest.mark.parametrize("content", [b"", b"{}", b"\x80not ours", b'{"sha256":"0","content":{}}\n'])
def test_of_what_is_damaged_nothing_is_said(
    shop: Path, encoder: FakeAvailable, settings: Settings, content: bytes
) -> None:
    indexed(shop, encoder, settings)
    (remembered,) = (settings.cache_dir / "indexed").iterdir()
    remembered.write_bytes(content)
    *_, last = index(open_catalog(settings.replace(catalog=shop)), encoder, settings)
    assert last.changes is None and "It was set aside as" in last.notices[0]
    assert indexed(shop, encoder, settings) == Changes()


def test_two_catalogs_and_two_tables_of_one_folder_are_told_apart(
    shop: Path, tmp_path: Path, encoder: FakeAvailable, settings: Settings
) -> None:
    other = write_catalog(tmp_path / "other", {"1": "white"}, suffix=".png")
    (shop / "few.csv").write_text("id\n1\n")
    for _ in range(2):
        changes = [indexed(place, encoder, settings) for place in (shop / "styles.csv", shop / "few.csv", other)]
    assert changes == [Changes()] * 3
