"""The offer to fetch pictures by address, as a visitor meets it."""

import gc
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prodsim import catalog
from prodsim.catalog import Library, place_of, staging, stem_of
from prodsim.config import load_settings
from prodsim.ui import fetching, visitors
from tests.samples import encoded, noise, picture
from tests.shop_server import Shop, open_shop

SCRIPT = """
import streamlit as st
from prodsim.catalog import Library
from prodsim.config import load_settings
from prodsim.ui import fetching

library = Library(load_settings())
library.sweep()
st.session_state["folder"] = fetching.offer(*st.session_state["given"], library)
"""
TABLE = b"id,image\n1,...\n"


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit puts the script into its place, and processes that later tests begin would run it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """A shop's server, which may be asked though it is on this machine."""
    with open_shop() as server:
        monkeypatch.setattr(fetching, "fetch", partial(catalog.fetch, judge=server.judge()))
        monkeypatch.setattr(catalog.hosts, "PAUSE_SECONDS", 0)
        monkeypatch.setenv("PRODSIM_OFFLINE", "0")
        yield server


@pytest.fixture
def addresses(server: Shop) -> list[str]:
    return [server.gives(f"/{number}.jpg", encoded(noise((20, 20), number), "JPEG")) for number in range(4)]


def offered(addresses: list[str], name: str = "export.csv") -> AppTest:
    page = AppTest.from_string(SCRIPT, default_timeout=30)
    page.session_state["given"] = (name, TABLE, 3, addresses)
    page.run()
    assert not page.exception
    return page


def press(page: AppTest) -> AppTest:
    page.button(key="fetch pictures").click().run()
    assert not page.exception
    return page


def folder(page: AppTest) -> Path | None:
    return page.session_state["folder"]


def texts(page: AppTest) -> str:
    shown = (*page.markdown, *page.caption, *page.success, *page.warning, *page.error, *page.info)
    return "\n".join(element.value.replace("\\", "") for element in shown)


def test_the_offer_says_what_would_be_asked_of_whom_and_asks_for_nothing(addresses: list[str], server: Shop) -> None:
    page = offered(addresses)
    assert "3 products name their pictures by address: 4 pictures on 1 host (127.0.0.1). Fetch them?" in texts(page)
    assert "At most 50,000 pictures and 20 GB, from public addresses alone." in texts(page)
    assert folder(page) is None and server.asked == []


def test_of_many_hosts_some_are_named_letter_for_letter() -> None:
    page = offered([f"https://cdn-{number}.__example__.example/1.jpg" for number in range(5)])
    assert "on 5 hosts (cdn-0.__example__.example, cdn-1.__example__.example, cdn-2.__example__.example, …)" in texts(
        page
    )


def test_pictures_are_fetched_beside_a_copy_of_the_table(addresses: list[str]) -> None:
    page = press(offered(addresses, "../my export.TSV"))
    where = folder(page)
    assert where == place_of(TABLE, load_settings())
    assert "4 pictures fetched." in texts(page) and not page.button
    assert {path.name for path in where.iterdir()} == {"catalog.tsv", "images", ".fetching"}
    assert (where / "catalog.tsv").read_bytes() == TABLE
    assert {path.stem for path in (where / "images").iterdir()} == {*map(stem_of, addresses)}


def test_what_failed_is_listed_and_tried_again(addresses: list[str], server: Shop) -> None:
    page = press(offered([*addresses, server.url("/late.jpg"), "http://169.254.169.254/1.jpg"]))
    assert "4 of 6 pictures fetched, 2 could not be." in texts(page)
    reasons = dict(page.dataframe[0].value.itertuples(index=False, name=None))
    assert reasons[server.url("/late.jpg")] == "there is no such picture (the server answers 404)"
    assert "no public address" in reasons["http://169.254.169.254/1.jpg"]
    assert folder(page) is not None
    server.gives("/late.jpg", picture("red"))
    server.asked.clear()
    press(page)
    assert "5 of 6 pictures fetched, 1 could not be." in texts(page)
    assert server.asked == ["/late.jpg"]


def test_if_nothing_came_there_is_no_catalog(server: Shop) -> None:
    page = press(offered([server.url("/1.jpg")]))
    assert folder(page) is None
    assert page.error and page.button(key="fetch pictures")


def test_what_cannot_be_begun_is_said_in_a_sentence(addresses: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog.fetching, "MAX_PICTURES", 3)
    page = press(offered(addresses))
    assert "4 pictures are named by address, but 3 are fetched at most." in texts(page)
    assert folder(page) is None


def test_what_was_stopped_goes_on(addresses: list[str], server: Shop) -> None:
    """The test runner presses no button while a page runs: this is what is left after it."""
    page = offered(addresses)
    settings = load_settings()
    where = place_of(TABLE, settings)
    claim = Library(settings).claim(where)
    assert [*catalog.fetch(addresses[:2], where, settings, server.judge())][-1].done == 2
    server.asked.clear()
    page.session_state["fetching was stopped"] = True
    page.run()
    assert "Stopped. What was fetched is kept for now" in texts(page)
    press(page)
    assert folder(page) == where and len(server.asked) == 2
    claim.release()


def test_what_was_fetched_stays_while_the_visit_lasts_and_no_longer(addresses: list[str]) -> None:
    page = press(offered(addresses))
    where = folder(page)
    Library(load_settings()).sweep()
    page.run()
    assert folder(page) == where and where.is_dir()
    del page.session_state[f"claim of {where.name}"], page
    gc.collect()
    Library(load_settings()).sweep()
    assert [*(load_settings().cache_dir / staging.PLACE).iterdir()] == []


def test_who_may_not_change_catalogs_is_offered_nothing(
    addresses: list[str], server: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = offered(addresses)
    monkeypatch.setattr(visitors, "sits_here", lambda: False)
    press(page)  # drawn while it was allowed
    assert folder(page) is None and not page.button and texts(page) == ""
    assert server.asked == []


def test_the_right_is_asked_for_again_where_it_is_done(
    addresses: list[str], server: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = offered(addresses)
    monkeypatch.setattr(fetching.visitors, "may_change_catalogs", iter([True, False, True]).__next__)
    press(page)
    assert "Only those who run this app may change its catalogs." in texts(page)
    assert server.asked == []


def test_offline_it_says_why_nothing_is_offered(addresses: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_OFFLINE", "1")
    page = offered(addresses)
    assert "PRODSIM_OFFLINE is set" in texts(page) and not page.button
