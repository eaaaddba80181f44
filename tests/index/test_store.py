import hashlib
import json
import os
import shutil
import threading
import zlib

import numpy as np
import pandas as pd
import pytest

from prodsim.errors import CacheError, DamagedStore, StoreError
from prodsim.index import EmbeddingStore, manifest
from prodsim.index.manifest import Manifest, to_merge
from prodsim.index.parts import Entry
from prodsim.storage import seal
from tests.samples import FakeAvailable

A, B = np.float32([1, 2, 3]), np.float32([-0.5, 1e-30, 3e38])


@pytest.fixture
def store(tmp_path):
    return EmbeddingStore(tmp_path / "mean-0123", 3)


def parts_of(store):
    return sorted(store.path.glob("*.arrow"))


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_vectors_come_back_to_the_last_bit(store):
    store.add({"a": A, "b": B}, {})
    matrix, positions = store.read().matrix(["b", "a"])
    assert matrix.dtype == np.float32
    np.testing.assert_array_equal(matrix, [B, A])
    np.testing.assert_array_equal(positions, [0, 1])


@pytest.mark.parametrize("verified", [True, False])
def test_vectors_outlive_the_process_that_wrote_them(store, verified):
    store.add({"a": A}, {"x": "torn"})
    again = EmbeddingStore(store.path, 3).read(verified=verified)
    assert again.known == {"a"} and again.damaged == {"x": "torn"}


def test_products_that_share_a_photo_share_a_vector_and_keep_two_rows(store):
    store.add({"a": A, "b": B}, {})
    matrix, positions = store.read().matrix(["a", "b", "a"])
    np.testing.assert_array_equal(matrix, [A, B, A])
    assert positions.tolist() == [0, 1, 2]


def test_what_has_no_vector_has_no_row(store):
    store.add({"a": A, "b": B}, {"x": "torn"})
    matrix, positions = store.read().matrix(["x", "b", None, "unknown", "a"])
    np.testing.assert_array_equal(matrix, [B, A])
    assert positions.tolist() == [1, 4]


def test_a_new_store_is_empty_and_reading_does_not_make_it(store):
    found = store.read()
    assert found.known == set() and found.damaged == {}
    assert found.matrix(["a", None])[0].shape == (0, 3)
    assert found.matrix([])[0].shape == (0, 3)
    assert store.repair() == ""
    store.add({}, {})
    assert not store.path.exists()


def test_the_matrix_cannot_be_written_to(store):
    store.add({"a": A}, {})
    with pytest.raises(ValueError, match="read-only"):
        store.read().matrix(["a"])[0][0, 0] = 1


def test_a_vector_added_again_replaces_the_first_however_parts_are_merged(store):
    store.add({"a": A, "b": A}, {})
    store.add({"a": B}, {})
    np.testing.assert_array_equal(store.read().matrix(["a", "b"])[0], [B, A])
    for number in range(manifest.AT_ONCE):
        store.add({f"{number}": A}, {})
    assert len(parts_of(store)) < manifest.AT_ONCE
    np.testing.assert_array_equal(store.read().matrix(["a", "b"])[0], [B, A])


@pytest.mark.parametrize(
    "bad", [np.float32([1, 2]), np.float32([[1, 2, 3]]), np.float32([1, np.nan, 3]), np.float32([1, np.inf, 3])]
)
def test_a_vector_that_makes_no_sense_is_refused_and_its_batch_with_it(store, bad):
    with pytest.raises(StoreError, match="Check the encoder's weights"):
        store.add({"a": A, "b": bad}, {"x": "torn"})
    assert store.read().known == set() and store.read().damaged == {}


def test_what_was_read_stays_as_it_was(store):
    store.add({"a": A}, {})
    before = store.read()
    store.add({"a": B, "b": B}, {"x": "torn"})
    assert before.known == {"a"} and before.damaged == {}
    np.testing.assert_array_equal(before.matrix(["a", "b"])[0], [A])


def test_a_matrix_is_memory_of_its_own(store):
    """Were a file mapped, the end of the file would be the end of the process."""
    store.add({sha("a"): A}, {})
    matrix, _ = store.read().matrix([sha("a")])
    for part in parts_of(store):
        part.write_bytes(b"")
    np.testing.assert_array_equal(matrix, [A])


def test_vectors_of_many_parts_come_in_the_order_that_is_asked_for(store, monkeypatch):
    monkeypatch.setattr("prodsim.index.embeddings._SLICE", 7)
    random = np.random.default_rng(0)
    vectors = {sha(str(number)): random.random(3, np.float32) for number in range(200)}
    names = [*vectors]
    for start in range(0, 200, 9):
        store.add({name: vectors[name] for name in names[start : start + 9]}, {})
    asked = [names[place] if place < 200 else sha(f"unknown {place}") for place in random.permutation(220)]
    matrix, positions = store.read().matrix([None, *asked, *asked[:5]])
    at_hand = [place for place, name in enumerate([None, *asked, *asked[:5]]) if name in vectors]
    assert positions.tolist() == at_hand
    np.testing.assert_array_equal(matrix, [vectors[[None, *asked, *asked[:5]][place]] for place in at_hand])


def test_hashes_that_agree_in_the_bits_that_are_compared_first_are_told_apart(store, monkeypatch):
    monkeypatch.setattr("prodsim.index.embeddings._numbers", lambda hashes: np.arange(len(hashes), dtype=np.uint64))
    store.add({sha("a"): A, sha("b"): B}, {})
    matrix, positions = store.read().matrix([sha("c"), sha("b"), sha("a")])
    assert positions.tolist() == [1, 2]
    np.testing.assert_array_equal(matrix, [B, A])


def test_each_fingerprint_has_a_folder_of_its_own(settings):
    one, other = (EmbeddingStore.of(FakeAvailable(fingerprint=name), settings) for name in ("1" * 16, "2" * 16))
    one.add({"a": A}, {})
    assert other.read().known == set()
    assert one.path.name == "mean_color-1111111111111111"


def test_a_part_is_read_by_others(store):
    store.add({sha("a"): A, sha("b"): B}, {"x": "torn"})
    (part,) = parts_of(store)
    table = pd.read_feather(part)
    assert table["hash"].tolist() == [sha("a"), sha("b")]
    np.testing.assert_array_equal(np.stack(table["vector"]), [A, B])


def test_only_one_holds_the_lock(store):
    with store.lock():
        assert not threads_can_lock(store)
    assert threads_can_lock(store)


def threads_can_lock(store):
    def attempt():
        try:
            with store.lock().acquire(timeout=0):
                result.append(True)
        except TimeoutError:
            result.append(False)

    result = []
    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    return result[0]


# parts


def test_of_a_million_vectors_there_are_few_parts_and_each_is_written_few_times():
    parts, written, most = [], 0, 0
    for _ in range(1_000_000 // 32):
        parts.append(entry(32))
        written += 32
        while newest := to_merge(parts):
            rows = sum(part.rows for part in parts[-newest:])
            written += rows
            del parts[-newest:]
            parts += [entry(min(manifest.MOST_ROWS, rows - start)) for start in range(0, rows, manifest.MOST_ROWS)]
        most = max(most, len(parts))
    assert sum(part.rows for part in parts) == 1_000_000
    assert most <= 80
    assert written <= 4 * 1_000_000


def entry(rows):
    return Entry("00001-00000000.arrow", 0, 0, rows)


def test_a_part_has_no_more_rows_than_that(store, monkeypatch):
    monkeypatch.setattr("prodsim.index.store.MOST_ROWS", 4)
    store.add({str(number): A + number for number in range(10)}, {"x": "torn"})
    assert len(parts_of(store)) == 3
    assert len(store.read().known) == 10 and store.read().damaged == {"x": "torn"}
    np.testing.assert_array_equal(store.read().matrix(["9"])[0], [A + 9])


def test_numbers_of_parts_are_never_given_twice(store):
    numbers = []
    for number in range(40):
        store.add({str(number): A}, {})
        numbers.append(max(int(part.name[:5]) for part in parts_of(store)))
        if number == 20:
            change(parts_of(store)[-1], -70)
            assert store.repair()
            change(store.path / "manifest.json", -70)
            assert store.repair()
    assert numbers == sorted(set(numbers))


def test_a_reader_that_finds_parts_gone_reads_what_they_were_merged_into(filled, monkeypatch):
    """They are gone between its look at the manifest and its look at the parts."""
    before, read = (filled.path / "manifest.json").read_bytes(), manifest.read_manifest
    looks = []

    def late(folder, owner):
        looks.append(folder)
        found = read(folder, owner)
        if len(looks) == 1:
            writer = EmbeddingStore(filled.path, 3)
            for number in range(manifest.AT_ONCE):
                writer.add({f"late {number}": A}, {})
        return found

    monkeypatch.setattr("prodsim.index.store.read_manifest", late)
    found = filled.read()
    assert (filled.path / "manifest.json").read_bytes() != before and len(looks) > 1
    assert len(found.known) == 40 + manifest.AT_ONCE


def test_a_reader_that_lists_parts_while_they_are_merged_is_not_disturbed(filled, monkeypatch):
    stat = type(filled.path).stat

    def gone(path, **options):
        if path.suffix == ".arrow":
            raise FileNotFoundError(path)
        return stat(path, **options)

    monkeypatch.setattr(type(filled.path), "stat", gone)
    assert len(filled.read().known) == 40


def test_what_a_killed_writer_left_is_removed_by_the_next_and_what_others_put_there_stays(filled):
    before = sorted(filled.path.iterdir())
    shutil.copyfile(parts_of(filled)[0], filled.path / "00099-0123abcd.arrow")
    (filled.path / "manifest.json.0123.unfinished").write_bytes(b"{")
    notes = filled.path / "notes.arrow"
    notes.write_text("mine")
    folder = filled.path / "theirs.unfinished"
    folder.mkdir()
    assert len(filled.read().known) == 40, "no manifest names it"
    assert filled.repair() == ""
    assert sorted(filled.path.iterdir()) == sorted([*before, notes, folder])


def test_a_writer_killed_before_its_first_part_leaves_nothing_to_repair(store):
    store.path.mkdir()
    (store.path / "manifest.json.0123.unfinished").write_bytes(b"{")
    assert store.read().known == set() and store.repair() == ""
    assert list(store.path.iterdir()) == []


def test_a_disk_that_is_too_full_to_merge_leaves_the_parts_as_they_are(store, monkeypatch):
    def full(batches):
        raise CacheError("The disk is full. Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr("prodsim.index.store.merged", full)
        for number in range(30):
            store.add({str(number): A}, {})
    assert len(parts_of(store)) == 30 and len(store.read().known) == 30
    store.add({"30": A}, {})
    assert len(parts_of(store)) == 1 and len(store.read().known) == 31


def test_damage_is_not_merged_into_what_is_sound(store):
    for number in range(manifest.AT_ONCE - 1):
        store.add({str(number): A + number}, {})
    change(parts_of(store)[3], -200)
    store.add({"last": A}, {})
    assert len(parts_of(store)) == manifest.AT_ONCE
    with pytest.raises(DamagedStore):
        store.read()
    store.repair()
    assert store.read().known == {*map(str, range(manifest.AT_ONCE - 1)), "last"} - {"3"}


# files that are damaged, or not ours


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory):
    store = EmbeddingStore(tmp_path_factory.mktemp("filled") / "mean-0123", 3)
    for number in range(0, 40, 2):
        store.add({f"{each:064}": np.float32([each, 1, 2]) for each in (number, number + 1)}, {f"x{number}": "torn"})
    assert len(parts_of(store)) == 5
    return store.path


@pytest.fixture
def filled(filled_once, store):
    """Twenty batches of two vectors, sixteen of them in one part."""
    shutil.copytree(filled_once, store.path)
    return store


def change(path, place, by=1):
    data = bytearray(path.read_bytes())
    data[place] ^= by
    path.write_bytes(data)


def assert_repaired(store, before, *damaged):
    """They are set aside as they were, this is said, and what is left is as it was before."""
    contents = {path: path.read_bytes() for path in damaged}
    notice = store.repair()
    for path, content in contents.items():
        aside = path.with_name(f"{path.name}.damaged-1")
        assert f"{path} " in notice and f"It was set aside as {aside.name}." in notice
        assert aside.read_bytes() == content
    assert store.repair() == ""
    found = store.read()
    known = found.known
    assert f" {len(known):,} of the embeddings in {store.path} are sound" in notice
    assert len(known) >= len(before) - 32
    for hash_ in known:
        np.testing.assert_array_equal(found.matrix([hash_])[0], [before[hash_]])
    store.add({"new": A}, {})
    assert store.read().known == {*known, "new"}


def vectors_of(store):
    found = store.read()
    return {hash_: found.matrix([hash_])[0][0] for hash_ in found.known}


@pytest.mark.parametrize("seed", range(50))
def test_a_flipped_byte_anywhere_is_noticed_and_costs_one_part_at_most(filled, seed):
    random = np.random.default_rng(seed)
    before, files = vectors_of(filled), [*parts_of(filled), filled.path / "manifest.json"]
    path = files[random.integers(len(files))]
    change(path, random.integers(path.stat().st_size), random.integers(1, 256))
    with pytest.raises(DamagedStore, match=rf"{path.name} was changed: .+ Index again"):
        filled.read()
    assert_repaired(filled, before, path)


def test_a_flipped_byte_in_a_vector_costs_its_part_alone(filled):
    before, path = vectors_of(filled), parts_of(filled)[-1]
    change(path, path.read_bytes().index(np.float32([38, 1, 2]).tobytes()))
    assert_repaired(filled, before, path)
    assert before.keys() - filled.read().known == {f"{38:064}", f"{39:064}"}


@pytest.mark.parametrize("place", [0, 40, 90, 200, -1])
def test_a_flipped_byte_in_the_manifest_costs_nothing(filled, place):
    before = vectors_of(filled)
    change(filled.path / "manifest.json", place)
    assert_repaired(filled, before, filled.path / "manifest.json")
    assert before.keys() <= filled.read().known


@pytest.mark.parametrize("seed", range(50))
def test_of_a_part_that_is_not_verified_there_come_vectors_or_our_own_error(filled, seed):
    random, path = np.random.default_rng(seed), parts_of(filled)[seed % 5]
    for _ in range(20):
        change(path, random.integers(path.stat().st_size), random.integers(1, 256))
    try:
        found = filled.read(verified=False)
        found.matrix([*found.known])
    except DamagedStore as error:
        assert "Index again" in str(error)


@pytest.mark.parametrize("name", ["manifest.json", "part"])
@pytest.mark.parametrize("kept", [0, 1, 30, 60, 200, -1])
def test_a_file_cut_short_is_noticed(filled, name, kept):
    before = vectors_of(filled)
    path = parts_of(filled)[1] if name == "part" else filled.path / name
    path.write_bytes(path.read_bytes()[:kept])
    for verified in (True, False):
        with pytest.raises(DamagedStore, match="Index again"):
            filled.read(verified=verified)
    assert_repaired(filled, before, path)


def test_a_file_that_grew_is_noticed(filled):
    before, path = vectors_of(filled), parts_of(filled)[1]
    path.write_bytes(path.read_bytes() + b"\0")
    assert_repaired(filled, before, path)


def test_a_part_that_is_gone_is_noticed(filled):
    before, path = vectors_of(filled), parts_of(filled)[2]
    path.unlink()
    with pytest.raises(DamagedStore, match=rf"{path.name} is gone\. Index again"):
        filled.read()
    assert f"{path} is gone." in filled.repair()
    assert filled.repair() == "" and len(filled.read().known) == len(before) - 2


def test_a_manifest_that_is_gone_costs_nothing(filled):
    before = vectors_of(filled)
    (filled.path / "manifest.json").unlink()
    with pytest.raises(DamagedStore, match=r"manifest\.json is gone\. Index again"):
        filled.read()
    assert "manifest.json is gone. 40 of the embeddings" in filled.repair()
    assert filled.repair() == "" and filled.read().known == before.keys()


def test_without_manifest_and_with_a_damaged_part_the_other_parts_are_kept(filled):
    before, path = vectors_of(filled), parts_of(filled)[3]
    change(path, 300)
    change(filled.path / "manifest.json", 300)
    assert_repaired(filled, before, path, filled.path / "manifest.json")
    assert len(filled.read().known) == 39


def test_of_many_damaged_files_some_are_named_and_the_others_counted(filled):
    for path in parts_of(filled):
        change(path, 300)
    notice = filled.repair()
    assert notice.count("was set aside") == 3 and "So it is with 2 more files" in notice
    assert len(list(filled.path.glob("*.damaged-1"))) == 5


def test_the_store_of_another_encoder_is_noticed_and_none_of_its_vectors_taken(filled, tmp_path):
    other = EmbeddingStore(tmp_path / "mean-4567", 3)
    filled.path.rename(other.path)
    notice = other.repair()
    assert "the embeddings of another encoder" in notice and " 0 of the embeddings" in notice
    assert other.read().known == set()
    assert len(list(other.path.glob("*.arrow.damaged-1"))) == 5


def test_nor_is_a_part_of_another_encoder_that_a_manifest_names(filled, tmp_path):
    other = EmbeddingStore(tmp_path / "mean-4567", 3)
    other.add({"a": A}, {})
    document = json.loads((filled.path / "manifest.json").read_bytes())["content"]
    (other.path / "manifest.json").write_bytes(seal(json.dumps(document | {"store": "mean-4567"}).encode()))
    for part in parts_of(filled):
        shutil.copyfile(part, other.path / part.name)
    for verified in (True, False):
        with pytest.raises(DamagedStore, match="holds the embeddings of another encoder"):
            other.read(verified=verified)
    assert " 0 of the embeddings" in other.repair()


@pytest.mark.parametrize("dim", [2, 4])
def test_a_store_of_vectors_of_another_length_is_noticed(filled, dim):
    other = EmbeddingStore(filled.path, dim)
    assert "the embeddings of another encoder" in other.repair()
    assert other.read().known == set()


def test_a_store_of_another_version_is_noticed_and_said_to_be_one(filled, monkeypatch):
    for module in ("manifest", "parts", "store"):
        monkeypatch.setattr(f"prodsim.index.{module}.VERSION", 99)
    assert "is of format 3, and this version reads 99" in EmbeddingStore(filled.path, 3).repair()
    assert filled.read().known == set() and filled.repair() == ""


def test_a_store_of_the_former_format_is_set_aside_once_and_this_is_said(store):
    former = store.path.with_name(f"{store.path.name}.vectors")
    former.write_bytes(b"prodsim embeddings, format 2: mean-0123, 3 numbers each\n")
    store.add({"a": A}, {})
    notice = store.repair()
    assert "is of an earlier format" in notice and "its embeddings are made again" in notice
    assert not former.exists() and former.with_name(f"{former.name}.damaged-1").exists()
    assert store.repair() == "" and store.read().known == {"a"}


@pytest.mark.parametrize("content", [b"no store" * 100, b"SQLite format 3\0" + bytes(5000), b"\x80\x04N."])
def test_a_file_that_is_none_of_ours_is_noticed(store, content):
    store.path.write_bytes(content)
    with pytest.raises(DamagedStore, match="holds no embeddings of ours"):
        store.read()
    assert "holds no embeddings of ours" in store.repair()
    assert store.path.with_name("mean-0123.damaged-1").read_bytes() == content
    store.add({"a": A}, {})
    assert store.read().known == {"a"}


NESTED = b"[" * 100_000 + b"]" * 100_000
NEGATIVE = b'{"format": 3, "store": "mean-0123", "dim": 3, "next": -5, "parts": []}'


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b'{"format": 3}', b'{"format": 3, "parts": [1]}', b"no", NESTED, NEGATIVE]
)
def test_a_manifest_that_somebody_else_sealed_is_noticed(filled, content):
    before = vectors_of(filled)
    (filled.path / "manifest.json").write_bytes(seal(content))
    with pytest.raises(DamagedStore, match="is no manifest of ours"):
        filled.read()
    assert_repaired(filled, before, filled.path / "manifest.json")


def test_a_folder_in_place_of_the_manifest_costs_nothing(filled):
    before = filled.read().known
    (filled.path / "manifest.json").unlink()
    (filled.path / "manifest.json").mkdir()
    with pytest.raises(DamagedStore, match="is no manifest of ours"):
        filled.read()
    assert "manifest.json is no manifest of ours" in filled.repair()
    assert filled.read().known == before and filled.repair() == ""


def test_the_manifest_of_another_encoder_is_noticed_though_it_names_no_part(store):
    other = EmbeddingStore(store.path.with_name("other-4567"), 3)
    other.add({"a": A}, {})
    document = json.loads((other.path / "manifest.json").read_bytes())["content"] | {"parts": []}
    store.path.mkdir()
    (store.path / "manifest.json").write_bytes(seal(json.dumps(document).encode()))
    with pytest.raises(DamagedStore, match="of another encoder"):
        store.read()
    assert "of another encoder" in store.repair() and store.read().known == set()


def test_a_manifest_that_names_files_elsewhere_is_none(filled):
    document = json.loads((filled.path / "manifest.json").read_bytes())["content"]
    document["parts"][0]["name"] = "../00001-00000000.arrow"
    (filled.path / "manifest.json").write_bytes(seal(json.dumps(document).encode()))
    with pytest.raises(DamagedStore, match="is no manifest of ours"):
        filled.read()


def test_a_part_that_is_none_of_ours_is_noticed_though_its_checksum_is_right(store):
    pd.DataFrame({"a": [1]}).to_feather(store.path.with_name("other"))
    data = store.path.with_name("other").read_bytes()
    store.add({"a": A}, {})
    (part,) = parts_of(store)
    part.write_bytes(data)
    document = Manifest(3, "mean-0123", 3, 2, (Entry(part.name, len(data), zlib.crc32(data), 1),))
    manifest.write_manifest(store.path, document)
    with pytest.raises(DamagedStore, match="holds no embeddings of ours"):
        store.read()


def test_what_is_set_aside_never_replaces_what_was_before(filled):
    path = filled.path / "manifest.json"
    for number in (1, 2, 3):
        path.write_bytes(b"%d" % number)
        filled.repair()
        assert path.with_name(f"manifest.json.damaged-{number}").read_bytes() == b"%d" % number


def test_what_is_damaged_is_not_added_to(filled):
    change(filled.path / "manifest.json", 100)
    with pytest.raises(DamagedStore):
        filled.add({"a": A}, {})


@pytest.mark.parametrize("moment", range(3))
def test_a_kill_while_files_are_set_aside_loses_nothing_that_is_sound(filled, monkeypatch, moment):
    before, replaced, steps = vectors_of(filled), os.replace, []
    path = parts_of(filled)[1]
    change(path, 300)
    change(filled.path / "manifest.json", 300)

    def killed(*names):
        steps.append(names)
        if len(steps) > moment:
            raise KeyboardInterrupt
        replaced(*names)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("os.replace", killed)
        filled.repair()
    filled.repair()
    assert filled.repair() == ""
    assert len(filled.read().known) == len(before) - 2


def test_pictures_that_could_not_be_decoded_are_tried_again_by_what_decodes_otherwise(store, monkeypatch):
    store.add({}, {"x": "torn"})
    assert store.read().damaged == {"x": "torn"}
    monkeypatch.setattr("prodsim.index.parts.READER", "2")
    assert store.read().damaged == {}


def test_what_could_not_be_decoded_is_known_after_parts_were_merged(store):
    for number in range(manifest.AT_ONCE):
        store.add({}, {str(number): f"torn {number}"})
    assert len(parts_of(store)) == 1
    assert store.read().damaged == {str(number): f"torn {number}" for number in range(manifest.AT_ONCE)}


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CacheError, match="PRODSIM_CACHE_DIR"):
        EmbeddingStore(tmp_path / "gone" / "mean-0123", 3).add({"a": A}, {})


def test_a_file_in_the_place_of_the_stores_is_a_cache_error(settings):
    settings.folder().joinpath("stores").touch()
    with pytest.raises(CacheError, match="Set PRODSIM_CACHE_DIR"):
        EmbeddingStore.of(FakeAvailable(), settings)
