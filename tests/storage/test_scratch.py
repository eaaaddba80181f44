"""A cache that cannot be written: what is there is used, and the rest is kept for as long as the program runs."""

import pytest

from prodsim.catalog import Library
from prodsim.config import load_settings
from prodsim.errors import CacheError
from prodsim.index import EmbeddingStore, index
from prodsim.storage import scratch, writable


@pytest.fixture(autouse=True)
def nothing_made_before():
    scratch._scratch.cache_clear()


@pytest.fixture
def read_only(monkeypatch):
    """No folder can be written, as far as the system says: permissions do not hold for the superuser."""
    monkeypatch.setattr("os.access", lambda *_: False)


def test_a_cache_that_can_be_written_is_the_one_asked_for(settings):
    assert writable(settings) == (settings, "")


@pytest.mark.parametrize("place", ["file/cache", "file"])
def test_where_no_folder_can_be_made_there_is_one_for_now_and_it_is_said(tmp_path, place):
    (tmp_path / "file").touch()
    found, notice = writable(load_settings(cache_dir=tmp_path / place, weights_dir=tmp_path / "weights"))
    assert found.cache_dir.is_dir() and found.weights_dir == tmp_path / "weights"
    assert notice.startswith(f"The cache folder {tmp_path / place} cannot be written: ")
    assert "Set PRODSIM_CACHE_DIR" in notice


def test_it_is_the_same_place_all_the_time(settings, read_only):
    assert writable(settings) == writable(settings)


def test_what_is_in_a_read_only_cache_is_used(settings, encoder, make_catalog, read_only):
    catalog = make_catalog({"1": "red", "2": "blue"})
    list(index(catalog, encoder, settings))
    Library(settings).add("mine", catalog)
    found, _ = writable(settings)
    assert len(Library(found).open("mine")) == 2
    store = EmbeddingStore.of(encoder, found)
    assert len(store.read().known) == 2
    assert all(part.is_symlink() for part in store.path.glob("*.arrow")), "parts are not copied"
    steps = list(index(catalog, encoder, found))
    assert steps[-1].done == 2 and encoder.encoded == 2


def test_without_any_place_it_is_an_error_that_says_what_to_do(settings, read_only, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    with pytest.raises(CacheError, match=r"nor another place found: No space left on device\. Set PRODSIM_CACHE_DIR"):
        writable(settings)
