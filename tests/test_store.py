import sqlite3
import threading

import numpy as np
import pytest

from prodsim.errors import CacheError, StoreError
from prodsim.store import EmbeddingStore
from tests.samples import FakeAvailable

A, B = np.float32([1, 2, 3]), np.float32([-0.5, 1e-30, 3e38])


@pytest.fixture
def store(tmp_path):
    return EmbeddingStore(tmp_path / "vectors.sqlite", 3)


def test_vectors_come_back_to_the_last_bit(store):
    store.add({"a": A, "b": B}, {})
    matrix, positions = store.matrix(["b", "a"])
    assert matrix.dtype == np.float32
    np.testing.assert_array_equal(matrix, [B, A])
    np.testing.assert_array_equal(positions, [0, 1])


def test_vectors_outlive_the_process_that_wrote_them(store):
    store.add({"a": A}, {"x": "torn"})
    again = EmbeddingStore(store.path, 3)
    assert again.known() == {"a"} and again.damaged() == {"x": "torn"}


def test_products_that_share_a_photo_share_a_vector_and_keep_two_rows(store):
    store.add({"a": A, "b": B}, {})
    matrix, positions = store.matrix(["a", "b", "a"])
    np.testing.assert_array_equal(matrix, [A, B, A])
    assert positions.tolist() == [0, 1, 2]


def test_what_has_no_vector_has_no_row(store):
    store.add({"a": A, "b": B}, {"x": "torn"})
    matrix, positions = store.matrix(["x", "b", None, "unknown", "a"])
    np.testing.assert_array_equal(matrix, [B, A])
    assert positions.tolist() == [1, 4]


def test_a_new_store_is_empty(store):
    assert store.known() == set() and store.damaged() == {}
    assert store.matrix(["a", None])[0].shape == (0, 3)
    assert store.matrix([])[0].shape == (0, 3)


def test_the_matrix_cannot_be_written_to(store):
    store.add({"a": A}, {})
    with pytest.raises(ValueError, match="read-only"):
        store.matrix(["a"])[0][0, 0] = 1


def test_a_vector_added_again_replaces_the_first(store):
    store.add({"a": A}, {})
    store.add({"a": B}, {})
    np.testing.assert_array_equal(store.matrix(["a"])[0], [B])


@pytest.mark.parametrize(
    "bad", [np.float32([1, 2]), np.float32([[1, 2, 3]]), np.float32([1, np.nan, 3]), np.float32([1, np.inf, 3])]
)
def test_a_vector_that_makes_no_sense_is_refused_and_its_batch_with_it(store, bad):
    with pytest.raises(StoreError, match="Check the encoder's weights"):
        store.add({"a": A, "b": bad}, {"x": "torn"})
    assert store.known() == set() and store.damaged() == {}


def test_each_fingerprint_has_a_file_of_its_own(settings):
    one, other = (EmbeddingStore.of(FakeAvailable(fingerprint=name), settings) for name in ("1" * 16, "2" * 16))
    one.add({"a": A}, {})
    assert other.known() == set()
    assert one.path.name == "mean_color-1111111111111111.sqlite"


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


# files that cannot be used


@pytest.mark.parametrize("use", [EmbeddingStore.known, EmbeddingStore.damaged, lambda store: store.add({"a": A}, {})])
def test_a_file_that_is_no_database_is_refused(store, use):
    store.path.write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match=r"vectors\.sqlite cannot be used: .+ remove it and index again"):
        use(store)


def test_a_file_damaged_in_the_middle_is_refused(store):
    store.add({f"{number:064}": A for number in range(2000)}, {})
    data = bytearray(store.path.read_bytes())
    data[4096:-4096] = b"\x55" * (len(data) - 8192)
    store.path.write_bytes(data)
    with pytest.raises(StoreError, match="cannot be used"):
        store.known()


def test_a_file_of_another_version_is_refused_and_left_alone(store):
    store.add({"a": A}, {})
    with sqlite3.connect(store.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = store.path.read_bytes()
    with pytest.raises(StoreError, match=r"is of format 99, this version reads 1\. Remove it and index again"):
        store.add({"b": B}, {})
    assert store.path.read_bytes() == before


def test_a_vector_cut_short_is_refused(store):
    store.add({"a": A}, {})
    with sqlite3.connect(store.path) as connection:
        connection.execute("UPDATE vectors SET vector = x'0000'")
    connection.close()
    with pytest.raises(StoreError, match=r"cut short\. Remove the file"):
        store.matrix(["a"])


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(StoreError, match="Check that its folder can be written"):
        EmbeddingStore(tmp_path / "gone" / "vectors.sqlite", 3).known()


def test_a_file_in_the_place_of_the_stores_is_a_cache_error(settings):
    settings.folder().joinpath("stores").touch()
    with pytest.raises(CacheError, match="Set PRODSIM_CACHE_DIR"):
        EmbeddingStore.of(FakeAvailable(), settings)
