"""What nobody needs any more is forgotten, and nothing that somebody needs."""

import io
import multiprocessing
import shutil
import sqlite3
import threading
import time
import zipfile
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest

from prodsim.catalog import Library, read_catalog, uploaded
from prodsim.config import Settings, load_settings
from prodsim.errors import Busy, CacheError, DamagedStore
from prodsim.index import EmbeddingStore, HashMemory, forget, forget_deleted, index, recall_all, stores_in
from prodsim.index import store as store_module
from prodsim.storage import taken
from tests.samples import FakeAvailable, encoded, noise, picture, write_catalog

Numbers = range | list[int]


def add(settings: Settings, name: str, numbers: Numbers, encoder: FakeAvailable) -> None:
    """A catalog of pictures of noise, as the app adds it."""
    upload = io.BytesIO()
    with zipfile.ZipFile(upload, "w") as archive:
        for number in numbers:
            archive.writestr(f"{number}.png", encoded(noise((18, 24), number)))
    library = Library(settings)
    with library.unpacked(uploaded(upload, f"{name}.zip", settings)) as catalog:
        list(index(catalog, encoder, settings))
        library.add(name, catalog)


def known(settings: Settings, encoder: FakeAvailable) -> int:
    return len(EmbeddingStore.of(encoder, settings).read().known)


def rows(settings: Settings) -> int:
    return len(HashMemory.in_cache(settings).rows())


def test_a_deleted_catalog_takes_its_embeddings_of_all_encoders_and_its_hashes_along(settings: Settings) -> None:
    encoders = FakeAvailable(), FakeAvailable(fingerprint="f" * 16)
    for encoder in encoders:
        add(settings, f"shop {encoder.fingerprint}", range(20), encoder)
    add(settings, "other", range(100, 105), encoders[0])
    for name in Library(settings).imported():
        if name != "other":
            Library(settings).delete(name)
    assert forget_deleted(settings).embeddings == 40
    assert [known(settings, encoder) for encoder in encoders] == [5, 0]
    assert rows(settings) == 5 and len(recall_all(settings)) == 1
    assert forget_deleted(settings).embeddings == 0


def test_what_two_catalogs_share_stays_with_the_other_one(settings: Settings, encoder: FakeAvailable) -> None:
    add(settings, "one", range(10), encoder)
    add(settings, "two", range(5, 15), encoder)
    Library(settings).delete("one")
    assert forget_deleted(settings).embeddings == 5
    catalog = Library(settings).open("two")
    outcome = list(index(catalog, encoder, settings))[-1]
    assert outcome.done == 10 and encoder.encoded == 15, "nothing is embedded twice"


def test_the_same_files_under_two_names_stay_while_one_of_them_is_there(
    settings: Settings, encoder: FakeAvailable
) -> None:
    for name in ("one", "two"):
        add(settings, name, range(10), encoder)
    Library(settings).delete("one")
    assert forget_deleted(settings).embeddings == 0 and known(settings, encoder) == 10
    Library(settings).delete("two")
    assert forget_deleted(settings).embeddings == 10


def test_a_folder_that_is_that_of_the_settings_too_keeps_all(tmp_path: Path, encoder: FakeAvailable) -> None:
    shop = write_catalog(tmp_path / "shop", {"1": "red", "2": "blue"}, suffix=".png")
    settings = load_settings(cache_dir=tmp_path / "cache", catalog=shop)
    list(index(read_catalog(shop), encoder, settings))
    Library(settings).add("other", read_catalog(shop))
    Library(settings).delete("other")
    assert forget_deleted(settings).embeddings == 0 and known(settings, encoder) == 2


def test_a_folder_of_the_server_takes_its_embeddings_along_and_stays(
    settings: Settings, tmp_path: Path, encoder: FakeAvailable
) -> None:
    shop = write_catalog(tmp_path / "shop", {"1": "red", "2": "blue"}, suffix=".png")
    list(index(read_catalog(shop), encoder, settings))
    Library(settings).add("other", read_catalog(shop))
    Library(settings).delete("other")
    assert forget_deleted(settings).embeddings == 2 and len(list(shop.rglob("*.png"))) == 2


def test_twenty_imports_and_deletions_leave_next_to_nothing(settings: Settings, encoder: FakeAvailable) -> None:
    for number in range(20):
        add(settings, f"shop {number}", range(number * 20, number * 20 + 20), encoder)
    full = taken(settings.cache_dir)
    for name in Library(settings).imported():
        Library(settings).delete(name)
    forget_deleted(settings)
    assert taken(settings.cache_dir) < 40_000 < full / 20
    assert [*settings.cache_dir.rglob("*.arrow"), *settings.cache_dir.rglob("*.png")] == []


def test_who_imports_next_forgets_what_was_deleted_before(settings: Settings, encoder: FakeAvailable) -> None:
    add(settings, "one", range(10), encoder)
    Library(settings).delete("one")
    add(settings, "two", range(20, 25), encoder)
    assert known(settings, encoder) == 5


def test_while_somebody_indexes_nothing_is_forgotten_and_afterward_it_is(
    settings: Settings, encoder: FakeAvailable
) -> None:
    add(settings, "one", range(10), encoder)
    Library(settings).delete("one")
    store = EmbeddingStore.of(encoder, settings)
    with store.lock(), pytest.raises(Busy, match="Somebody is indexing"):
        forget_deleted(settings)
    assert known(settings, encoder) == 10 and rows(settings) == 10
    assert forget_deleted(settings).embeddings == 10


def test_a_damaged_memory_of_hashes_forgets_nothing(settings: Settings, encoder: FakeAvailable) -> None:
    add(settings, "one", range(10), encoder)
    Library(settings).delete("one")
    connection = sqlite3.connect(HashMemory.in_cache(settings).path)
    with connection:
        connection.execute("UPDATE files SET hash = 'other' WHERE path LIKE '%3.png'")
    connection.close()
    with pytest.raises(DamagedStore, match="checksum"):
        forget_deleted(settings)
    assert known(settings, encoder) == 10 and rows_as_they_are(settings) == 10


def rows_as_they_are(settings: Settings) -> int:
    connection = sqlite3.connect(HashMemory.in_cache(settings).path)
    (number,) = connection.execute("SELECT count(*) FROM files").fetchone()
    connection.close()
    return int(number)


def test_while_an_entry_in_the_list_is_damaged_nothing_is_forgotten(settings: Settings, encoder: FakeAvailable) -> None:
    add(settings, "one", range(10), encoder)
    add(settings, "two", range(20, 25), encoder)
    Library(settings).delete("one")
    (settings.cache_dir / "library" / "two.json").write_bytes(b"{}")
    assert forget_deleted(settings).embeddings == 0 and known(settings, encoder) == 15


def test_a_part_that_is_damaged_keeps_its_store_as_it_is(settings: Settings, encoder: FakeAvailable) -> None:
    add(settings, "one", range(10), encoder)
    store = EmbeddingStore.of(encoder, settings)
    (part,) = store.path.glob("*.arrow")
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    before = {path.name: path.read_bytes() for path in store.path.iterdir()}
    Library(settings).delete("one")
    assert forget_deleted(settings).embeddings == 0
    assert {path.name: path.read_bytes() for path in store.path.iterdir()} == before


def test_what_is_wrong_with_pictures_is_forgotten_with_them(settings: Settings, encoder: FakeAvailable) -> None:
    store = EmbeddingStore.of(encoder, settings)
    store.add({"a": np.float32([1, 2, 3]), "b": np.float32([4, 5, 6])}, {"c": "torn", "d": "torn"})
    assert store.forget({"a", "c", "unknown"}) == 2
    assert store.read().known == {"b"} and store.read().damaged == {"d": "torn"}
    np.testing.assert_array_equal(store.read().matrix(["b"])[0], [[4, 5, 6]])
    assert store.forget({"a"}) == 0
    assert store.repair() == ""
    assert store.forget({"b", "d"}) == 2 and not list(store.path.glob("*.arrow"))
    assert EmbeddingStore(Path("nowhere"), 3).forget({"a"}) == 0


def test_who_reads_while_parts_are_rewritten_finds_the_old_or_the_new(
    settings: Settings, encoder: FakeAvailable
) -> None:
    store = EmbeddingStore.of(encoder, settings)
    for number in range(30):
        store.add({f"{number}-{each}": np.float32([1, 2, 3]) for each in range(3)}, {})
    states, done = set[int](), threading.Event()

    def reading() -> None:
        while not done.is_set():
            states.add(len(store.read().known))

    reader = threading.Thread(target=reading)
    reader.start()
    try:
        for each in range(3):
            store.forget({f"{number}-{each}" for number in range(30)})
    finally:
        done.set()
        reader.join()
    assert states <= {90, 60, 30, 0}


def test_on_a_full_disk_all_of_it_stays(
    settings: Settings, encoder: FakeAvailable, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(settings, "one", range(10), encoder)
    add(settings, "two", range(5, 15), encoder)
    Library(settings).delete("one")

    def full(*_: object) -> None:
        raise CacheError("no space")

    monkeypatch.setattr(store_module, "write_manifest", full)
    store = EmbeddingStore.of(encoder, settings)
    before = {path.name for path in store.path.iterdir()}
    with pytest.raises(CacheError):
        forget_deleted(settings)
    assert {path.name for path in store.path.iterdir()} == before
    assert rows(settings) == 20
    monkeypatch.undo()
    assert forget_deleted(settings).embeddings == 5


def forgetting(told: Connection, cache: Path) -> None:
    told.send("begun")
    forget_deleted(load_settings(cache_dir=cache))
    told.send("done")


@pytest.mark.parametrize("moment", [0.0, 0.2, 0.4, 0.6, 0.8])
def test_a_kill_leaves_what_the_next_one_ends(settings: Settings, encoder: FakeAvailable, moment: float) -> None:
    add(settings, "one", range(40), encoder)
    add(settings, "two", range(30, 45), encoder)
    Library(settings).delete("one")
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=forgetting, args=(there, settings.cache_dir))
    process.start()
    assert here.recv() == "begun"
    time.sleep(moment / 20)
    process.kill()
    process.join()
    assert known(settings, encoder) in (45, 15)
    forget_deleted(settings)
    assert known(settings, encoder) == 15 and rows(settings) == 15
    assert EmbeddingStore.of(encoder, settings).repair() == ""
    list(index(Library(settings).open("two"), encoder, settings))
    assert encoder.encoded == 45


def test_embeddings_of_files_that_nobody_knows_stay_unless_they_are_asked_for(
    settings: Settings, encoder: FakeAvailable
) -> None:
    add(settings, "one", range(10), encoder)
    EmbeddingStore.of(encoder, settings).add({"of old": np.float32([1, 2, 3])}, {})
    assert forget(settings, lambda _: False).embeddings == 0
    assert forget(settings, lambda _: False, unknown=True).embeddings == 1
    assert known(settings, encoder) == 10


def test_the_stores_of_encoders_that_are_no_more_are_found_and_others_are_none(settings: Settings) -> None:
    stores = settings.folder("stores")
    EmbeddingStore(stores / "former-0123", 7).add({"a": np.zeros(7, np.float32)}, {})
    (stores / "empty").mkdir()
    shutil.copytree(stores / "former-0123", stores / "copied-0123")
    (stores / "notes.txt").write_bytes(picture("red"))
    assert [(store.path.name, store.dim) for store in stores_in(settings)] == [("former-0123", 7)]
