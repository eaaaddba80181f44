"""Pictures by address: found in cells, fetched into a folder, gone on with; whatever a shop's server does."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog import (
    Fetched,
    addresses_in,
    fetch,
    fetched_pictures,
    fetching,
    hosts,
    hosts_of,
    read_catalog,
    stem_of,
)
from prodsim.config import Settings
from prodsim.errors import CacheError, CatalogError, ProdsimError
from prodsim.storage import public_http, space, unfetched
from tests.needs import ROOT
from tests.samples import DAMAGED, encoded, noise, picture
from tests.shop_server import Shop, open_shop

PICTURES = {f"/{number}.jpg": encoded(noise((20, 20), number), "JPEG") for number in range(12)}
PATIENCE = 30


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop() as shop:
        yield shop


@pytest.fixture
def online(settings: Settings) -> Settings:
    return settings.model_copy(update={"offline": False})


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is waited for where a test does not say so."""
    monkeypatch.setattr(hosts, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(public_http, "AGAIN_SECONDS", 0)
    monkeypatch.setattr(unfetched, "AGAIN_SECONDS", 0)
    monkeypatch.setattr(fetching, "TELL_SECONDS", 0.02)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shop"


def offered(shop: Shop) -> list[str]:
    return [shop.gives(path, content) for path, content in PICTURES.items()]


def fetched(shop: Shop, addresses: list[str], folder: Path, settings: Settings) -> Fetched:
    *_, last = fetch(addresses, folder, settings, shop.judge())
    return last


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "images").iterdir()}


def why(shop: Shop, address: str, folder: Path, settings: Settings) -> str:
    """Why one address fails, and not the other one after it."""
    good = shop.gives("/good.png", picture("red"))
    last = fetched(shop, [address, good], folder, settings)
    assert (last.done, last.total) == (1, 2)
    (failure,) = last.failures
    assert failure.address == address and names(folder) == {f"{stem_of(good)}.png"}
    return failure.reason


# addresses in cells

A, B = "https://cdn.example/a.jpg?v=1", "http://cdn.example/w_300,h_400/b c.jpg"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (A, [A]), (f"  {A}\n", [A]), (f"{A},{B}", [A, B]), (f"{A} | {B};", [A, B]), (f"{A}\n{B}", [A, B]),
        (f"{A}; {A}", [A]),
        (f'["{A}", "{B}"]', [A, B]), (f"['{A}', '{B}']", [A, B]), (f"{A}#top, {B}#", [A, B]),
        ("//cdn.example/a.jpg", ["https://cdn.example/a.jpg"]), (f"{A} ! alt : a dress ! title : | {B}", [A, B]),
        (f'<img src="{A}" alt="x">', [A]), ("HTTPS://CDN.example/A.jpg", ["HTTPS://CDN.example/A.jpg"]),
        ("https://x.example/?u=https://y.example/1.jpg", ["https://x.example/?u=https://y.example/1.jpg"]),
        ("", []), ("images/1.jpg", []), ("// a comment", []), ("//server/share/1.jpg", []),
        ("ftp://x.example/1.jpg", []),
    ],
)  # fmt: skip
def test_addresses_are_found_in_cells_that_hold_several(cell: str, found: list[str]) -> None:
    assert addresses_in([cell]) == found


@given(
    st.lists(st.text() | st.sampled_from([A, B, "//c.example/1.jpg", ", ", "|", " ", "#"]), max_size=20).map("".join)
)
def test_the_file_of_an_address_is_found_by_its_cell(cell: str) -> None:
    for address in addresses_in([cell]):
        assert addresses_in([address]) == [address]
        assert len(stem_of(address)) == 24
    assert stem_of(cell) == stem_of(next(iter(addresses_in([cell])), cell))


def test_a_cell_of_blanks_and_separators_takes_no_time() -> None:
    assert len(addresses_in([" ,;|" * 250_000 + A, "https://" * 100_000, "//" * 500_000])) == 2


def test_the_hosts_are_those_that_would_be_asked() -> None:
    assert hosts_of([A, B, "https://b.example/1.jpg", "http://[", "http://me:x@c.example/"]) == [
        "cdn.example",
        "b.example",
    ]


# what is fetched


def test_pictures_are_fetched_and_the_folder_is_a_catalog(shop: Shop, folder: Path, online: Settings) -> None:
    addresses = offered(shop)
    last = fetched(shop, addresses, folder, online)
    assert (last.done, last.total, last.failures) == (12, 12, ())
    assert last.bytes == sum(map(len, PICTURES.values())) and last.rate > 0
    for address, content in zip(addresses, PICTURES.values(), strict=True):
        assert (folder / "images" / f"{stem_of(address)}.jpg").read_bytes() == content
    assert len(read_catalog(folder)) == 12


def test_what_is_there_is_not_asked_for_again(shop: Shop, folder: Path, online: Settings) -> None:
    addresses = offered(shop)
    fetched(shop, addresses[:5], folder, online)
    shop.asked.clear()
    assert fetched(shop, addresses, folder, online).done == 12
    assert len(shop.asked) == 7
    assert fetched(shop, addresses, folder, online) == Fetched(12, 12)
    assert len(shop.asked) == 7


def test_an_address_that_is_named_twice_is_asked_for_once(shop: Shop, folder: Path, online: Settings) -> None:
    assert fetched(shop, [*offered(shop), *offered(shop)], folder, online).total == 12
    assert len(shop.asked) == 12


def test_the_suffix_is_what_the_picture_is_whatever_it_is_called(shop: Shop, folder: Path, online: Settings) -> None:
    formats = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "BMP": "bmp", "TIFF": "tif"}
    given_ = [shop.gives(f"/{name}.txt", picture("red", format=name), Content_Type="text/html") for name in formats]
    assert fetched(shop, given_, folder, online).done == 6
    assert names(folder) == {f"{stem_of(a)}.{suffix}" for a, suffix in zip(given_, formats.values(), strict=True)}


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><p>Sign in",
        b"PK\3\4" + bytes(100),
        DAMAGED,
        encoded(noise((50, 50)))[:-20],
        b"",
        b"<svg/>",
        picture("red", (1, 1)),
    ],
)
def test_what_says_that_it_is_a_picture_and_is_none_is_not_kept(
    shop: Shop, folder: Path, online: Settings, content: bytes
) -> None:
    reason = why(shop, shop.gives("/1.jpg", content, Content_Type="image/jpeg"), folder, online)
    assert reason.startswith("what came ") and not reason.endswith(".")


def test_each_failure_has_its_reason_and_stops_no_other(shop: Shop, folder: Path, online: Settings) -> None:
    bad = {
        shop.url("/none.jpg"): "there is no such picture (the server answers 404)",
        "http://169.254.169.254/1.jpg": "its host is not asked: 169.254.169.254 is no public address",
        "ftp://127.0.0.1/1.jpg": "it is no address of the web (http, https)",
        shop.leads("/in.jpg", "http://[::1]/"): "its host is not asked: ::1 is no public address",
        shop.gives("/403.jpg", b"", 403): "the server does not give it to everybody (403)",
        shop.sends(
            "/huge.jpg", b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", stalls=True
        ): "it has more than 20 MB",
    }
    last = fetched(shop, [*bad, *offered(shop)], folder, online)
    assert (last.done, last.total) == (12, 18)
    assert {failure.address: failure.reason for failure in last.failures} == bad


def test_what_fails_for_a_moment_is_asked_for_again(shop: Shop, folder: Path, online: Settings) -> None:
    url = shop.gives("/1.jpg", picture("red"))
    good = shop.answers["/1.jpg"]

    def at_the_third_time(request) -> None:  # type: ignore[no-untyped-def]
        if len(shop.asked) < 3:
            request.send_error(503)
        else:
            good(request)

    shop.answers["/1.jpg"] = at_the_third_time
    assert fetched(shop, [url], folder, online).done == 1
    assert len(shop.asked) == 3


def test_what_fails_always_is_asked_for_three_times(shop: Shop, folder: Path, online: Settings) -> None:
    assert "500" in why(shop, shop.gives("/1.jpg", b"", 500), folder, online)
    assert shop.asked.count("/1.jpg") == 3


def test_a_host_that_fails_again_and_again_is_left_alone(
    shop: Shop, folder: Path, online: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "AT_ONCE", 1)
    monkeypatch.setattr(hosts, "FAILURES_IN_A_ROW", 4)
    bad = [shop.gives(f"/bad{number}.jpg", b"", 403) for number in range(3)]
    gone = [shop.url(f"/gone{number}.jpg") for number in range(6)]
    worse = [shop.gives(f"/worse{number}.jpg", b"", 403) for number in range(6)]
    last = fetched(shop, [*bad, *gone, *worse, *offered(shop)], folder, online)
    assert last.done == 0 and len(shop.asked) == 3 + 6 + 4
    assert last.failures[-1].reason == "its host failed 4 times in a row, and is left alone now"


def test_a_host_is_asked_with_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "PAUSE_SECONDS", 10)
    waits: list[int] = []
    monkeypatch.setattr(hosts.Hosts, "_wait", lambda self, seconds: waits.append(round(seconds)))
    polite = hosts.Hosts()
    for host in ["a", "a", "b", "a"]:
        polite.wait_for(host)
    polite.rest("a", 100, all_of_us=True)
    polite.wait_for("a")
    polite.rest("b", 100, all_of_us=False)
    polite.wait_for("b")
    assert waits == [0, 10, 0, 20, 100, 100, 100, 10]


def test_nothing_is_fetched_where_nothing_may_be(shop: Shop, folder: Path, settings: Settings) -> None:
    with pytest.raises(CatalogError, match="PRODSIM_OFFLINE is set"):
        fetched(shop, offered(shop), folder, settings)
    assert shop.asked == [] and not folder.exists()


def test_too_many_pictures_are_not_begun(
    shop: Shop, folder: Path, online: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MAX_PICTURES", 11)
    with pytest.raises(CatalogError, match="12 pictures are named by address, but 11 are fetched at most"):
        fetched(shop, offered(shop), folder, online)
    assert shop.asked == [] and not folder.exists()


def test_too_many_bytes_end_it_and_what_came_stays(
    shop: Shop, folder: Path, online: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = offered(shop)
    fetched(shop, addresses[:6], folder, online)
    monkeypatch.setattr(fetched_pictures, "MAX_TOTAL_BYTES", sum(map(len, PICTURES.values())) - 1)
    with pytest.raises(CatalogError, match="no more are fetched"):
        fetched(shop, addresses, folder, online)
    assert 6 <= len(names(folder)) <= 11


@pytest.mark.parametrize("place", ["disk", "cache"])
def test_a_disk_or_cache_is_not_filled(
    shop: Shop, online: Settings, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    folder = online.folder("staged", "123")
    if place == "disk":
        monkeypatch.setattr(space, "KEPT_FREE_BYTES", 2**60)
    else:
        monkeypatch.setattr(space, "MAX_CACHE_BYTES", 1000)
    with pytest.raises(CacheError):
        fetched(shop, offered(shop), folder, online)
    assert names(folder) == set() and shop.asked == []


def test_a_folder_that_cannot_be_made_is_an_error_of_ours(shop: Shop, tmp_path: Path, online: Settings) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CatalogError, match="cannot be made"):
        fetched(shop, offered(shop), tmp_path / "file" / "shop", online)


# stopped, killed, at once


def test_what_was_stopped_goes_on_where_it_was(
    shop: Shop, folder: Path, online: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_http, "SILENT_SECONDS", PATIENCE)  # nor is who is silent waited for
    addresses = offered(shop)
    stalling = shop.sends("/stalls.jpg", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", stalls=True)
    steps = fetch([*addresses, stalling], folder, online, shop.judge())
    for step in steps:
        if step.done == 12:
            break
    steps.close()
    assert len(names(folder)) == 12
    assert not any(thread.name.startswith("fetch") for thread in threading.enumerate())
    shop.asked.clear()
    shop.gives("/stalls.jpg", picture("red"))
    assert fetched(shop, [*addresses, stalling], folder, online).done == 13
    assert shop.asked == ["/stalls.jpg"]


SCRIPT = """
import sys
from ipaddress import ip_address
from pathlib import Path
from prodsim.catalog import fetch, hosts
from prodsim.config import load_settings

hosts.PAUSE_SECONDS = 0
folder, *addresses = sys.argv[1:]
*_, last = fetch(addresses, Path(folder), load_settings(offline=False), lambda *_: "")
print(last.done)
"""


def begin(addresses: list[str], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder), *addresses], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_what_was_killed_goes_on_where_it_was(shop: Shop, folder: Path, online: Settings) -> None:
    addresses = offered(shop)
    stalling = shop.sends("/stalls.jpg", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", stalls=True)
    process = begin([*addresses[:6], stalling, *addresses[6:]], folder)
    until = time.monotonic() + PATIENCE
    while not ((folder / "images").is_dir() and len(names(folder)) >= 8):
        assert time.monotonic() < until
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    half = folder / "images" / f"{stem_of(addresses[0])}.jpg.{'0' * 32}.unfinished"
    half.write_bytes(b"half")
    here = [name for name in names(folder) if not name.endswith("unfinished")]
    shop.asked.clear()
    assert fetched(shop, addresses, folder, online).done == 12
    assert len(shop.asked) == 12 - len(here) and not half.exists()


def test_two_at_once_fetch_each_picture_once(shop: Shop, folder: Path) -> None:
    addresses = offered(shop)
    both = [begin(addresses, folder) for _ in range(2)]
    assert [process.communicate(timeout=PATIENCE)[0] for process in both] == ["12\n", "12\n"]
    assert sorted(shop.asked) == sorted(PICTURES)


def test_who_comes_second_is_told_that_it_waits(shop: Shop, folder: Path, online: Settings) -> None:
    stalling = shop.sends("/stalls.jpg", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", stalls=True)
    first, second = (fetch([stalling], folder, online, shop.judge()) for _ in range(2))
    assert not next(first).waiting
    assert next(second).waiting
    first.close()
    while next(second).waiting:
        pass
    second.close()


@given(content=st.binary(max_size=200))
def test_whatever_a_server_sends_there_is_a_reason(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_shop() as shop:
        url = shop.sends("/1.jpg", content)
        settings = Settings(cache_dir=tmp_path_factory.mktemp("cache"), offline=False)
        try:
            last = fetched(shop, [url], tmp_path_factory.mktemp("shop"), settings)
        except ProdsimError as error:
            pytest.fail(str(error))
    assert len(last.failures) == 1
