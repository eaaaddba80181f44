"""How a published file arrives: gone on with, checked, and never half; from a server that cuts, dawdles, or lies."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from prodsim.encoders.download import BLOCK, NotPublished, download
from tests import publishing
from tests.needs import ROOT
from tests.publishing import Publisher

CONTENT = random.Random(1).randbytes(20 * BLOCK + 100)
DIGEST = hashlib.sha256(CONTENT).digest()
PATIENCE = 30
"""Seconds after which what should have happened has not."""


@pytest.fixture
def server() -> Iterator[Publisher]:
    with publishing.publish(CONTENT) as server:
        yield server


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file is to be."""
    return tmp_path / "weights" / "weights.h5"


def part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def is_published(path: Path) -> bool:
    return hashlib.sha256(path.read_bytes()).digest() == DIGEST


def nobody(done: int, total: int) -> None:
    pass


def fetch(server: Publisher, path: Path, tell=nobody, is_published=is_published) -> None:
    download(server.url, path, len(CONTENT), is_published, tell)


class Stopped(BaseException):
    pass


def stop_at(number: int):
    """A progress that stops when so many bytes are here."""

    def tell(done: int, total: int) -> None:
        if done >= number:
            raise Stopped

    return tell


def begin(server: Publisher, path: Path) -> int:
    """Stop a download in the middle; how many bytes stay."""
    with pytest.raises(Stopped):
        fetch(server, path, stop_at(len(CONTENT) // 2))
    server.asked.clear()
    return part(path).stat().st_size


def assert_whole(path: Path) -> None:
    assert path.read_bytes() == CONTENT
    assert not part(path).exists()


def test_a_connection_that_breaks_off_is_followed_by_one_that_asks_for_the_rest(server: Publisher, path: Path) -> None:
    server.cuts = [5 * BLOCK, 9 * BLOCK + 50]
    fetch(server, path)
    assert_whole(path)
    assert server.asked == ["all", f"bytes={5 * BLOCK}-", f"bytes={9 * BLOCK}-"]


def test_a_server_that_brings_nothing_more_is_given_up_and_what_arrived_stays(server: Publisher, path: Path) -> None:
    server.cuts = [5 * BLOCK, 0, 0, 0]
    with pytest.raises(requests.RequestException):
        fetch(server, path)
    assert len(server.asked) == 2
    assert part(path).read_bytes() == CONTENT[: 5 * BLOCK]
    assert not path.exists()


def test_a_server_that_breaks_off_again_and_again_is_given_up_as_well(server: Publisher, path: Path) -> None:
    server.cuts = [number * BLOCK for number in range(1, 20)]
    with pytest.raises(requests.RequestException):
        fetch(server, path)
    assert len(server.asked) == 10
    assert part(path).read_bytes() == CONTENT[: 10 * BLOCK]


def test_a_download_that_was_stopped_goes_on_where_it_was(server: Publisher, path: Path) -> None:
    arrived = begin(server, path)
    assert len(CONTENT) // 2 <= arrived < len(CONTENT)
    told: list[int] = []
    fetch(server, path, lambda done, total: told.append(done))
    assert_whole(path)
    assert server.asked == [f"bytes={arrived}-"]
    assert told[0] == arrived and told[-1] == len(CONTENT) and told == sorted(told)


def test_a_server_that_does_not_know_parts_of_files_starts_over(server: Publisher, path: Path) -> None:
    begin(server, path)
    server.ranges = False
    told: list[int] = []
    fetch(server, path, lambda done, total: told.append(done))
    assert_whole(path)
    assert told[0] == 0 and told[-1] == len(CONTENT)


def test_a_file_that_has_arrived_and_was_not_put_in_its_place_is_not_asked_for(server: Publisher, path: Path) -> None:
    path.parent.mkdir()
    part(path).write_bytes(CONTENT)
    fetch(server, path)
    assert_whole(path)
    assert server.asked == []


@pytest.mark.parametrize("kept", [b"", b"of another file", CONTENT[:-1], b"x" * len(CONTENT), CONTENT + b"x"])
def test_what_is_not_the_published_file_is_thrown_away_and_the_next_try_starts_anew(
    server: Publisher, path: Path, kept: bytes
) -> None:
    path.parent.mkdir()
    part(path).write_bytes(kept)
    server.content = bytes(len(CONTENT))
    with pytest.raises(NotPublished):
        fetch(server, path)
    assert not path.exists() and not part(path).exists()
    server.content = CONTENT
    server.asked.clear()
    fetch(server, path)
    assert_whole(path)
    assert server.asked == ["all"]


@pytest.mark.parametrize("ranges", [True, False])
def test_a_server_that_has_a_shorter_file_now_is_refused(server: Publisher, path: Path, ranges: bool) -> None:
    begin(server, path)
    server.content, server.ranges = CONTENT[:BLOCK], ranges
    with pytest.raises(NotPublished):
        fetch(server, path)
    server.content = CONTENT
    fetch(server, path)
    assert_whole(path)


def test_a_page_on_which_to_sign_in_costs_nothing_of_what_is_here(server: Publisher, path: Path) -> None:
    arrived = begin(server, path)
    server.content, server.ranges = b"<html>Sign in to use this network</html>", False
    with pytest.raises(NotPublished):
        fetch(server, path)
    assert part(path).read_bytes() == CONTENT[:arrived]


def test_without_a_digest_nothing_is_gone_on_with(server: Publisher, path: Path) -> None:
    """Nothing would tell that its halves are of two files."""
    server.cuts = [BLOCK]
    with pytest.raises(requests.RequestException):
        fetch(server, path, is_published=None)
    fetch(server, path, is_published=None)
    assert_whole(path)
    assert server.asked == ["all", "all"]


def test_two_at_once_fetch_it_once_and_both_are_told_how_far_it_is(server: Publisher, path: Path) -> None:
    server.pause_at = 10 * BLOCK
    told: list[list[int]] = [[], []]
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(fetch, server, path, lambda done, total, to=to: to.append(done)) for to in told]
        ends = time.monotonic() + PATIENCE
        while not all(any(done >= 9 * BLOCK for done in to) for to in told):
            assert time.monotonic() < ends
            time.sleep(0.01)
        server.go_on.set()
        for future in both:
            future.result(PATIENCE)
    assert_whole(path)
    assert server.asked == ["all"]


def test_who_waits_for_another_one_can_stop(server: Publisher, path: Path) -> None:
    server.pause_at = 10 * BLOCK
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(fetch, server, path)
        while not server.asked:
            time.sleep(0.01)
        with pytest.raises(Stopped):
            fetch(server, path, stop_at(BLOCK))
        server.go_on.set()
        other.result(PATIENCE)
    assert_whole(path)
    assert server.asked == ["all"]


def test_a_process_that_is_killed_leaves_what_arrived_to_the_next(server: Publisher, path: Path) -> None:
    server.pause_at = 10 * BLOCK
    script = f"""
from pathlib import Path
from prodsim.encoders.download import download
path, tell = Path({str(path)!r}), lambda done, total: print(done, flush=True)
download({server.url!r}, path, {len(CONTENT)}, lambda path: True, tell)
"""
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    while int(process.stdout.readline()) < 9 * BLOCK:
        pass
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)
    process.stdout.close()
    assert not path.exists()
    arrived = part(path).stat().st_size
    assert 0 < arrived < len(CONTENT)
    server.go_on.set()
    fetch(server, path)
    assert_whole(path)
    assert server.asked == ["all", f"bytes={arrived}-"]


def test_on_a_full_disk_nothing_is_left(server: Publisher, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(server, path)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        fetch(server, path)
    assert not path.exists() and not part(path).exists()
