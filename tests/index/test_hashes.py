import os
import sqlite3
import threading

import numpy as np
import pytest

from prodsim.images import content_hash
from prodsim.images import open as images
from prodsim.index import HashMemory, hashes
from prodsim.storage import database, sqlite


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
    monkeypatch.setattr("prodsim.storage.sqlite.BUSY_SECONDS", 1)
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
            connection.execute("INSERT INTO files VALUES ('x', 1, 1, 'x', 1)")
    finally:
        go_on.set()
        thread.join()


def as_in_a_new_process():
    sqlite._checked.clear()


def other_version(path):
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def other_hash(path):
    """One byte of a hash, which SQLite cannot know to be wrong."""
    data, hash_ = path.read_bytes(), content_hash(b"b.jpg").encode()
    path.write_bytes(data.replace(hash_, hash_[:-1] + (b"0" if hash_[-1:] != b"0" else b"1")))


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: path.write_bytes(b"no database" * 100), "is damaged: file is not a database"),
        (lambda path: path.write_bytes(path.read_bytes()[:4000]), "is damaged"),
        (other_version, "is of format 99, and this version reads 2"),
        (other_hash, "was changed: a checksum does not match"),
    ],
    ids=["garbage", "cut short", "another version", "flipped byte"],
)
def test_a_damaged_memory_is_set_aside_and_the_files_are_read_again(memory, files, damage, reason):
    expected = memory.of(files)
    damage(memory.path)
    as_in_a_new_process()
    before = memory.path.read_bytes()
    assert memory.of(files) == expected
    assert len(memory.notices) == 1 and reason in memory.notices[0]
    assert memory.path.with_name("hashes.sqlite.damaged-1").read_bytes() == before
    again = HashMemory(memory.path)
    assert again.of(files) == expected and again.notices == []


@pytest.mark.parametrize("seed", range(50))
def test_a_flipped_byte_anywhere_changes_no_hash(memory, files, seed):
    random = np.random.default_rng(seed)
    expected = memory.of(files)
    data = bytearray(memory.path.read_bytes())
    data[random.integers(len(data))] ^= random.integers(1, 256)
    memory.path.write_bytes(data)
    assert memory.of(files) == expected
    as_in_a_new_process()
    assert HashMemory(memory.path).of(files) == expected


def test_a_process_looks_through_the_whole_of_the_file_once(memory, files, monkeypatch):
    looked = []

    class Connection(sqlite3.Connection):
        def execute(self, statement, *arguments):
            if "quick_check" in statement:
                looked.append(statement)
            return super().execute(statement, *arguments)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **kwargs: connect(*args, factory=Connection, **kwargs))
    memory.of(files)
    as_in_a_new_process()
    assert memory.of(files) == memory.of(files) == HashMemory(memory.path).of(files)
    assert len(looked) == 1
