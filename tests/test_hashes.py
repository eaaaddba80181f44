import os
import threading

import pytest

from prodsim import hashes, images
from prodsim.database import database
from prodsim.errors import StoreError
from prodsim.hashes import HashMemory
from prodsim.images import content_hash


@pytest.fixture
def memory(tmp_path):
    return HashMemory(tmp_path / "hashes.sqlite")


@pytest.fixture
def read(monkeypatch):
    """The files that were really read, in a list."""
    read = []

    def noticed(path):
        read.append(path.name)
        return images.read_picture(path)

    monkeypatch.setattr(hashes, "read_picture", noticed)
    return read


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / f"{name}.jpg" for name in "abc"]
    for path in paths:
        path.write_bytes(path.name.encode())
    return paths


def test_the_hash_of_a_file_is_that_of_its_bytes(memory, files):
    assert memory.of(files) == [content_hash(path.read_bytes()) for path in files]


def test_an_unchanged_file_is_read_once(memory, files, read):
    assert memory.of(files) == memory.of(files)
    assert sorted(read) == ["a.jpg", "b.jpg", "c.jpg"]


def test_what_was_read_is_remembered_by_the_next_process(memory, files, read):
    memory.of(files)
    HashMemory(memory.path).of(files)
    assert len(read) == 3


def test_a_file_of_another_size_is_read_again(memory, files, read):
    memory.of(files)
    status = files[1].stat()
    files[1].write_bytes(b"longer than before")
    os.utime(files[1], ns=(status.st_atime_ns, status.st_mtime_ns))
    assert memory.of(files)[1] == content_hash(b"longer than before")
    assert read[3:] == ["b.jpg"]


def test_a_file_changed_at_another_time_is_read_again(memory, files, read):
    memory.of(files)
    files[1].write_bytes(b"B.jpg")
    os.utime(files[1], ns=(0, 1))
    assert memory.of(files)[1] == content_hash(b"B.jpg")
    assert read[3:] == ["b.jpg"]


def test_a_file_that_cannot_be_read_has_no_hash(memory, files, monkeypatch):
    monkeypatch.setattr(images, "MAX_BYTES", 5)
    files[0].unlink()
    files[1].write_bytes(b"more than five")
    assert memory.of(files) == [None, None, content_hash(b"c.jpg")]


def test_a_file_that_could_not_be_read_is_tried_again(memory, files):
    files[0].unlink()
    memory.of(files)
    files[0].write_bytes(b"back")
    assert memory.of(files)[0] == content_hash(b"back")


def test_more_files_than_one_question_holds_keep_their_order(memory, tmp_path, monkeypatch):
    monkeypatch.setattr(hashes, "CHUNK", 3)
    paths = [tmp_path / f"{number}.jpg" for number in range(10)]
    for path in paths:
        path.write_bytes(path.name.encode())
    expected = [content_hash(path.name.encode()) for path in paths]
    assert memory.of(paths) == memory.of(paths) == expected


def test_no_files_have_no_hashes(memory):
    assert memory.of([]) == []


def test_others_can_write_while_a_large_catalog_is_being_hashed(memory, files, monkeypatch):
    """One transaction around all the reading would keep them waiting until they give up."""
    monkeypatch.setattr(hashes, "CHUNK", 1)
    monkeypatch.setattr("prodsim.database.BUSY_SECONDS", 1)
    at_the_last, go_on = threading.Event(), threading.Event()

    def slow(path):
        if path == files[-1]:
            at_the_last.set()
            go_on.wait(20)
        return images.read_picture(path)

    monkeypatch.setattr(hashes, "read_picture", slow)
    thread = threading.Thread(target=memory.of, args=(files,))
    thread.start()
    try:
        assert at_the_last.wait(20)
        with database(memory.path, hashes.SCHEMA, hashes.VERSION) as connection:
            connection.execute("INSERT INTO files VALUES ('x', 1, 1, 'x')")
    finally:
        go_on.set()
        thread.join()


def test_a_damaged_memory_is_an_error_that_says_what_to_do(memory, files):
    memory.path.write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match=r"hashes\.sqlite cannot be used: .+ remove it and index again"):
        memory.of(files)
