"""Whether the files of a catalog have changed."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from prodsim.catalog import Watch, watching


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    deep = tmp_path / "shop" / "a" / "b" / "c"
    deep.mkdir(parents=True)
    for folder in (deep, *deep.parents[:2], tmp_path / "shop"):
        (folder / "1.jpg").write_bytes(b"red")
    return tmp_path / "shop"


def replace_at_the_same_time(path: Path) -> None:
    status = path.stat()
    path.write_bytes(b"tan")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def move_another_there(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"tan")
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    os.replace(other, path)


@pytest.mark.parametrize("place", ["1.jpg", "a/1.jpg", "a/b/c/1.jpg"])
@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(b"blue"),
        lambda path: path.unlink(),
        lambda path: path.rename(path.with_name("2.jpg")),
        lambda path: path.with_name("2.jpg").write_bytes(b"red"),
        replace_at_the_same_time,
        move_another_there,
    ],
    ids=["written", "removed", "renamed", "added", "replaced at the same time", "another moved there"],
)
def test_whatever_is_done_to_a_file_at_any_depth_is_seen(
    shop: Path, place: str, change: Callable[[Path], object]
) -> None:
    before, _ = watching.state_of_files(shop)
    assert watching.state_of_files(shop)[0] == before
    change(shop / place)
    assert watching.state_of_files(shop)[0] != before


def test_a_folder_that_is_a_link_is_not_entered(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (shop / "link").symlink_to(tmp_path / "elsewhere")
    before = watching.state_of_files(shop)
    (tmp_path / "elsewhere" / "1.jpg").write_bytes(b"red")
    assert watching.state_of_files(shop)[1].keys() == before[1].keys()


def test_folders_in_each_other_without_end_and_files_without_number_are_looked_at_up_to_a_limit(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MAX_DEPTH", 2)
    assert len(watching.state_of_files(shop)[1]) == 3
    monkeypatch.setattr(watching, "MAX_FILES", 1)
    assert len(watching.state_of_files(shop)[1]) == 1


def test_a_folder_that_is_not_there_has_a_state_and_another_one_when_it_is(tmp_path: Path) -> None:
    before, folders = watching.state_of_files(tmp_path / "gone")
    assert before and not folders
    (tmp_path / "gone").mkdir()
    assert watching.state_of_files(tmp_path / "gone")[0] != before


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders of which all files are looked at, from here on, each of which takes an hour."""
    found, now, look = list[Path](), [0.0], watching.state_of_files

    def slow(folder: Path) -> tuple[str, dict[str, int]]:
        found.append(folder)
        now[0] += 3600
        return look(folder)

    monkeypatch.setattr(watching, "state_of_files", slow)
    monkeypatch.setattr(watching.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(watching, "LONG", 1e9)
    return found


def test_files_are_not_looked_at_at_every_look_but_folders_are(shop: Path, looks: list[Path]) -> None:
    watch = Watch()
    before = watch.state(shop)
    for _ in range(10):
        assert watch.state(shop) == before
    assert len(looks) == 1
    replace_at_the_same_time(shop / "1.jpg")
    assert watch.state(shop) == before, "it shows in the file alone, which is looked at later"
    (shop / "a" / "b" / "2.jpg").write_bytes(b"red")
    assert watch.state(shop) != before
    assert len(looks) == 2


def test_what_takes_long_is_looked_at_in_another_thread(
    shop: Path, looks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    before = watch.state(shop)
    monkeypatch.setattr(watching, "LONG", 1.0)
    (shop / "2.jpg").write_bytes(b"red")
    assert watch.state(shop) == before or len(looks) == 2
    for thread in threading.enumerate():
        if thread.name.endswith("(_look)"):
            thread.join()
    assert watch.state(shop) != before and len(looks) == 2


def test_while_one_looks_others_go_on_with_what_was_seen_before(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch, begun, go_on = Watch(), threading.Event(), threading.Event()
    before, look = watch.state(shop), watching.state_of_files

    def held(folder: Path) -> tuple[str, dict[str, int]]:
        begun.set()
        assert go_on.wait(20)
        return look(folder)

    monkeypatch.setattr(watching, "state_of_files", held)
    (shop / "2.jpg").write_bytes(b"red")
    thread = threading.Thread(target=watch.state, args=(shop,))
    thread.start()
    assert begun.wait(20)
    assert watch.state(shop) == before
    go_on.set()
    thread.join()
    assert watch.state(shop) != before
