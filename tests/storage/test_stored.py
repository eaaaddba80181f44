"""What is stored survives kills, full disks, read-only folders and others at work, and runs nobody's code."""

import os
import pickle
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner

from prodsim.catalog import Library
from prodsim.cli import app
from prodsim.config import load_settings
from prodsim.encoders import require
from prodsim.index import EmbeddingStore, HashMemory
from tests.others import NAME, commanding, importing, other
from tests.samples import encoded, noise, write_catalog

PRODUCTS = 120
MOMENTS = [random.Random(seed).random() for seed in range(200)]
"""When a process is killed, as a share of the time that it takes."""

Fresh = tuple[NDArray[np.float32], float]
"""The embeddings of an import that nothing disturbs, and the seconds that it takes."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ZIP of pictures of noise, no two the same."""
    path = tmp_path_factory.mktemp("archive") / "shop.zip"
    with zipfile.ZipFile(path, "w") as file:
        for number in range(PRODUCTS):
            file.writestr(f"{1000 + number}.png", encoded(noise((18, 24), number)))
    return path


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, archive: Path) -> Fresh:
    cache = tmp_path_factory.mktemp("fresh")
    with other(importing, cache, archive) as process:
        assert process.next() == "ready"
        started = time.perf_counter()
        assert process.rest()[-1] == "added"
        return matrix(cache), time.perf_counter() - started


def store_in(cache: Path) -> EmbeddingStore:
    settings = load_settings(cache_dir=cache)
    return EmbeddingStore.of(require("pixels", settings), settings)


def matrix(cache: Path) -> NDArray[np.float32]:
    """The imported catalog's embeddings, a row for each product."""
    settings = load_settings(cache_dir=cache)
    hashes = HashMemory.in_cache(settings).of(Library(settings).open(NAME).images)
    found, positions = store_in(cache).read().matrix(hashes)
    assert len(positions) == PRODUCTS
    return found


def embedded(told: list[Any]) -> list[int]:
    """How many embeddings were acknowledged, step by step."""
    return [step for step in told if isinstance(step, int)]


# kill -9


def kill_and_go_on(cache: Path, archive: Path, fresh: Fresh, moment: float) -> None:
    expected, duration = fresh
    with other(importing, cache, archive) as process:
        assert process.next() == "ready"
        time.sleep(moment * duration)
        process.process.kill()
        told = process.rest()
    acknowledged = max(embedded(told), default=0)
    assert len(store_in(cache).read().known) >= acknowledged
    if NAME in Library(load_settings(cache_dir=cache)).names():
        np.testing.assert_array_equal(matrix(cache), expected)
    else:
        assert "added" not in told
    with other(importing, cache, archive) as process:
        told = process.rest()
    assert told[-1] == "added"
    assert embedded(told)[1] >= acknowledged, "it is there before anything is embedded"
    added = Library(load_settings(cache_dir=cache)).open(NAME).folder
    assert {path.name.partition(".")[0] for path in added.parent.iterdir()} == {added.name}
    assert not added.with_name(f"{added.name}.unfinished").exists(), "nothing is left of what was half unpacked"
    np.testing.assert_array_equal(matrix(cache), expected)


@pytest.mark.parametrize("moment", MOMENTS[:6])
def test_a_kill_leaves_the_old_state_or_the_new_one_and_nothing_acknowledged_is_lost(tmp_path, archive, fresh, moment):
    kill_and_go_on(tmp_path, archive, fresh, moment)


@pytest.mark.long
@pytest.mark.parametrize("moment", MOMENTS)
def test_so_does_each_of_two_hundred_kills(tmp_path, archive, fresh, moment):
    kill_and_go_on(tmp_path, archive, fresh, moment)


# full disk, others at work, read-only cache


def test_on_a_full_disk_what_was_done_is_kept_and_it_goes_on_when_there_is_space(tmp_path, archive, fresh):
    expected, _ = fresh
    with other(importing, tmp_path, archive, 1000, PRODUCTS // 2) as process:
        told = process.rest()
    assert "cannot be written" in told[-1] and "Free some space" in told[-1]
    assert told[-1].endswith("What was done before is kept.")
    store = store_in(tmp_path)
    assert len(store.read().known) == embedded(told)[-1] == PRODUCTS // 2
    before = contents(store.path)
    assert store.repair() == ""
    assert contents(store.path) == before, "nothing is left of the batch that did not fit"
    assert Library(load_settings(cache_dir=tmp_path)).imported() == []
    with other(importing, tmp_path, archive) as process:
        assert process.rest()[-1] == "added"
    np.testing.assert_array_equal(matrix(tmp_path), expected)


def test_a_disk_that_is_too_full_to_merge_what_is_kept_stops_nothing(tmp_path, archive, fresh):
    expected, _ = fresh
    with other(importing, tmp_path, archive, expected.nbytes // 2) as process:
        assert process.rest()[-1] == "added"
    np.testing.assert_array_equal(matrix(tmp_path), expected)
    assert len(list(store_in(tmp_path).path.glob("*.arrow"))) == PRODUCTS // 4
    assert store_in(tmp_path).repair() == ""


def test_two_processes_that_import_the_same_at_once_both_end_and_embed_nothing_twice(tmp_path, archive, fresh):
    expected, _ = fresh
    with other(importing, tmp_path, archive) as one, other(importing, tmp_path, archive) as two:
        ends = {one.rest()[-1], two.rest()[-1]}
    assert "added" in ends
    assert ends <= {"added", f"There is a catalog {NAME} already. Choose another name, or delete that one first."}
    np.testing.assert_array_equal(matrix(tmp_path), expected)
    assert sum(map(len, contents(store_in(tmp_path).path).values())) < 1.2 * expected.nbytes


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    pictures = {str(number): encoded(noise((18, 24), number)) for number in range(1, 8)}
    types = {id_: {"articleType": "Hats" if int(id_) % 2 else "Belts"} for id_ in pictures}
    return write_catalog(tmp_path / "shop", pictures, types, suffix=".png")


def commands(shop: Path, cache: Path) -> list[list[str]]:
    options = ["--encoder", "pixels", "--catalog", str(shop), "--cache-dir", str(cache)]
    return [["index", *options], ["search", "--product", "1", "--json", *options], ["evaluate", *options]]


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_read_only_cache_is_used_and_what_is_new_is_found_without_being_kept(shop, tmp_path):
    cache = tmp_path / "cache"
    for command in commands(shop, cache):
        assert CliRunner().invoke(app, command).exit_code == 0
    (shop / "images" / "8.png").write_bytes(encoded(noise((18, 24), 8)))
    with (shop / "styles.csv").open("a") as table:
        table.write("8,Hats\n")
    before = contents(cache)
    folders = [cache, *(path for path in cache.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        with other(commanding, commands(shop, cache), tmp_path) as process:
            told = process.rest()
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert [code for code, _, _ in told] == [0, 0, 0], told
    for _, _, stderr in told:
        assert f"Note: The cache folder {cache} cannot be written: it is read-only." in stderr
    assert told[0][1].startswith("8 of 8 pictures")
    assert contents(cache) == before


def test_a_zip_that_lies_unpacked_in_a_read_only_cache_is_opened(tmp_path):
    cache = tmp_path / "cache"
    stats = ["stats", "--cache-dir", str(cache)]  # of the demo
    assert CliRunner().invoke(app, stats).exit_code == 0
    folders = [cache, *(path for path in cache.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        with other(commanding, [stats], tmp_path) as process:
            ((code, _, stderr),) = process.rest()
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert code == 0, stderr


# nobody's code


class Evil:
    """Pickled, it makes a folder when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., None], tuple[str]]:
        return os.mkdir, (str(self.path),)


def plant_pickle(path: Path, mark: Path) -> None:
    path.write_bytes(pickle.dumps(Evil(mark)))


def plant_object_array(path: Path, mark: Path) -> None:
    with path.open("wb") as file:
        np.save(file, np.array([Evil(mark)], dtype=object), allow_pickle=True)


@pytest.mark.parametrize("plant", [plant_pickle, plant_object_array])
def test_code_in_place_of_our_files_never_runs_and_they_are_set_aside_and_made_anew(shop, tmp_path, plant):
    cache, mark = tmp_path / "cache", tmp_path / "executed"
    with other(commanding, commands(shop, cache)) as process:
        first = process.rest()
    assert [code for code, _, _ in first] == [0, 0, 0], first
    ours = [path for path in contents(cache) if path.suffix != ".lock"]
    assert sorted(path.suffix for path in ours) == [".arrow", ".json", ".json", ".json", ".sqlite"]
    for path in ours:
        plant(path, mark)
    planted = {path: path.read_bytes() for path in ours}
    with other(commanding, commands(shop, cache)) as process:
        second = process.rest()
    assert not mark.exists()
    assert [(code, stdout) for code, stdout, _ in second] == [(code, stdout) for code, stdout, _ in first]
    notes = "".join(stderr for _, _, stderr in second)
    for path in ours:
        assert path.with_name(f"{path.name}.damaged-1").read_bytes() == planted[path]
        assert f"{path}" in notes and f"It was set aside as {path.name}.damaged-1" in notes
