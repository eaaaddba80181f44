"""How much of the disk is taken, and when there is no room for more."""

import pytest

from prodsim.errors import CacheError
from prodsim.storage import check_cache, check_disk, on_disk, space


def test_a_file_takes_whole_blocks_of_the_disk():
    assert [on_disk(size) for size in (0, 1, 4096, 4097)] == [0, 4096, 4096, 8192]


def test_what_a_folder_takes_is_counted_to_its_depth_and_not_through_links(tmp_path):
    (tmp_path / "cache" / "deep" / "deeper").mkdir(parents=True)
    (tmp_path / "elsewhere").write_bytes(bytes(100_000))
    for path in ("one", "deep/two", "deep/deeper/three"):
        (tmp_path / "cache" / path).write_bytes(b"x")
    before = space.taken(tmp_path / "cache")
    assert before == 3 * 4096
    (tmp_path / "cache" / "around").symlink_to(tmp_path)
    (tmp_path / "cache" / "file").symlink_to(tmp_path / "elsewhere")
    assert space.taken(tmp_path / "cache") <= before + 2 * 4096


def test_what_is_not_there_takes_nothing(tmp_path):
    assert space.taken(tmp_path / "gone") == 0


def test_what_just_fits_is_let_in(tmp_path, monkeypatch):
    monkeypatch.setattr(space, "MAX_CACHE_BYTES", 8192)
    (tmp_path / "one").write_bytes(b"x")
    check_cache("shop.zip", 4096, tmp_path)
    with pytest.raises(CacheError, match=r"shop\.zip takes 0 MB of disk, but the cache has 0 MB already"):
        check_cache("shop.zip", 4097, tmp_path)


def test_some_of_the_disk_is_kept_free(tmp_path, monkeypatch):
    usage = type("Usage", (), {"free": 3 << 30})
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage)
    check_disk("shop.zip", 1 << 30, tmp_path)
    with pytest.raises(
        CacheError, match=r"takes 1,025 MB of disk, but 3,072 MB are free, and 2,048 MB of it must stay"
    ):
        check_disk("shop.zip", 1025 << 20, tmp_path)
