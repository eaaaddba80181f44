import threading

import numpy as np
import pytest

from prodsim.errors import CacheError, DamagedStore, StoreError
from prodsim.index import EmbeddingStore
from tests.samples import FakeAvailable

A, B = np.float32([1, 2, 3]), np.float32([-0.5, 1e-30, 3e38])


@pytest.fixture
def store(tmp_path):
    return EmbeddingStore(tmp_path / "mean-0123.vectors", 3)


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
    assert one.path.name == "mean_color-1111111111111111.vectors"


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


# files that are damaged, or not ours


@pytest.fixture
def filled(store):
    """Twenty batches of two vectors."""
    for number in range(0, 40, 2):
        store.add({f"{each:064}": np.float32([each, 1, 2]) for each in (number, number + 1)}, {f"x{number}": "torn"})
    return store


def assert_mended(store, before):
    """It is set aside as it was, this is said, and what is left is as it was before."""
    damaged = store.path.read_bytes()
    notice = store.mend()
    aside = store.path.with_name(f"{store.path.name}.damaged-1")
    assert notice.startswith(f"{store.path} ") and f"set aside as {aside.name}" in notice
    assert aside.read_bytes() == damaged
    assert store.mend() == ""
    assert f" {len(store.known()):,} of its embeddings are sound" in notice
    for hash_ in store.known():
        np.testing.assert_array_equal(store.matrix([hash_])[0], [before[hash_]])


def vectors_of(store):
    return {hash_: store.matrix([hash_])[0][0] for hash_ in store.known()}


@pytest.mark.parametrize("seed", range(50))
def test_a_flipped_byte_anywhere_is_noticed_and_costs_one_batch_or_what_follows(filled, seed):
    random = np.random.default_rng(seed)
    before, data = vectors_of(filled), bytearray(filled.path.read_bytes())
    data[random.integers(len(data))] ^= random.integers(1, 256)
    filled.path.write_bytes(data)
    assert_mended(filled, before)


def test_a_flipped_byte_in_a_vector_costs_its_batch_alone(filled):
    before, data = vectors_of(filled), bytearray(filled.path.read_bytes())
    data[data.index(np.float32([20, 1, 2]).tobytes())] ^= 1
    filled.path.write_bytes(data)
    assert_mended(filled, before)
    assert before.keys() - filled.known() == {f"{20:064}", f"{21:064}"}


def test_a_flipped_byte_in_the_first_line_costs_nothing(filled):
    before, data = vectors_of(filled), bytearray(filled.path.read_bytes())
    data[3] ^= 1
    filled.path.write_bytes(data)
    assert_mended(filled, before)
    assert before.keys() == filled.known()


@pytest.mark.parametrize("kept", [0, 1, 30, 60, 200, 1000, -1])
def test_a_file_cut_short_is_noticed(filled, kept):
    before, data = vectors_of(filled), filled.path.read_bytes()
    filled.path.write_bytes(data[:kept])
    assert_mended(filled, before)


def test_the_store_of_another_encoder_is_noticed_and_none_of_its_vectors_taken(filled, tmp_path):
    other = EmbeddingStore(tmp_path / "mean-4567.vectors", 3)
    filled.path.rename(other.path)
    notice = other.mend()
    assert "holds the embeddings of another encoder" in notice and "; 0 of its embeddings" in notice
    assert other.known() == set()


def test_a_store_of_another_version_is_noticed_and_said_to_be_one(filled, monkeypatch):
    monkeypatch.setattr("prodsim.index.store.VERSION", 99)
    assert "is of format 2, and this version reads 99" in EmbeddingStore(filled.path, 3).mend()


@pytest.mark.parametrize("content", [b"no store" * 100, b"SQLite format 3\0" + bytes(5000), b"\x80\x04N."])
def test_a_file_that_is_none_of_ours_is_noticed(store, content):
    store.path.write_bytes(content)
    assert "holds no embeddings of ours" in store.mend()
    store.add({"a": A}, {})
    assert store.known() == {"a"}


def test_what_is_set_aside_never_replaces_what_was_before(filled):
    for number in (1, 2, 3):
        filled.path.write_bytes(b"%d" % number)
        filled.mend()
        assert filled.path.with_name(f"{filled.path.name}.damaged-{number}").read_bytes() == b"%d" % number


@pytest.mark.parametrize("use", [EmbeddingStore.known, EmbeddingStore.damaged, lambda store: store.matrix(["a"])])
def test_a_reader_refuses_a_file_with_a_changed_byte(filled, use):
    data = bytearray(filled.path.read_bytes())
    data[500] ^= 1
    filled.path.write_bytes(data)
    with pytest.raises(DamagedStore, match=r"mean-0123\.vectors was changed: .+ Index again"):
        use(filled)


def test_a_reader_passes_over_a_batch_that_is_being_written(filled):
    data = filled.path.read_bytes()
    filled.path.write_bytes(data[:-5])
    assert len(filled.known()) == 38


def test_a_kill_while_a_file_is_mended_loses_nothing_of_it(filled, monkeypatch):
    data = filled.path.read_bytes()[:-5]
    filled.path.write_bytes(data)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("os.replace", killed)
        filled.mend()
    assert filled.path.read_bytes() == data
    filled.mend()
    assert len(filled.known()) == 38


def test_pictures_that_could_not_be_decoded_are_tried_again_by_what_decodes_otherwise(store, monkeypatch):
    store.add({}, {"x": "torn"})
    assert store.damaged() == {"x": "torn"}
    monkeypatch.setattr("prodsim.index.store.READER", "2")
    assert store.damaged() == {}


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CacheError, match="PRODSIM_CACHE_DIR"):
        EmbeddingStore(tmp_path / "gone" / "mean-0123.vectors", 3).add({"a": A}, {})


def test_a_file_in_the_place_of_the_stores_is_a_cache_error(settings):
    settings.folder().joinpath("stores").touch()
    with pytest.raises(CacheError, match="Set PRODSIM_CACHE_DIR"):
        EmbeddingStore.of(FakeAvailable(), settings)
