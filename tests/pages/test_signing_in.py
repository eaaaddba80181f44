"""With a section [auth] in the secrets, a session shows nothing to who has not signed in or is not admitted: whoever
gets past the gate of the server.
"""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest

from prodsim.catalog import Library, read_catalog
from prodsim.config import load_settings
from prodsim.ui import resources, visitors
from prodsim.ui.places import CATALOGS, PLACES, SEARCH, Place
from prodsim.ui.text import literal
from tests.needs import ROOT
from tests.pages.running import no_error, two_colored
from tests.samples import write_catalog


def visit(place: Place, address: str | None = None, verified: bool = True, **query: str) -> AppTest:
    """The place as who has this address sees it; nobody is signed in without one."""
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    page.secrets["auth"] = {"cookie_secret": "x" * 16}
    page.secrets["access"] = {"users": ["ann@shop.example"], "admins": ["boss@shop.example"]}
    page.user = {"is_logged_in": address is not None}
    if address:
        page.user |= {"email": address, "email_verified": verified}
    page.query_params.update(query)
    return page.switch_page(place.script).run()


def keys(page: AppTest) -> list[str | None]:
    return [button.key for button in page.button]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.title)
@pytest.mark.parametrize(
    ("address", "verified"), [(None, True), ("eve@shop.example", True), ("ann@shop.example", False)]
)
def test_who_is_not_admitted_and_passes_the_gate_all_the_same_sees_nothing_of_any_place(
    place: Place, address: str | None, verified: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "settings", lambda: pytest.fail("something runs before"))
    page = visit(place, address, verified)
    assert not page.exception
    assert "sign in" in page.error[0].value
    assert not keys(page) and not page.get("page_link") and not page.header and not page.title


def test_who_is_on_the_list_uses_the_app_and_may_sign_out() -> None:
    page = visit(SEARCH, "ann@shop.example", product="103")
    no_error(page)
    assert page.header[0].value.startswith("The 5 most similar")
    assert page.button(key="sign out")
    assert literal("ann@shop.example") in page.caption[0].value, "it stands in the menu"


def test_only_admins_add_and_delete_catalogs(tmp_path: Path) -> None:
    folder = write_catalog(tmp_path / "other", {"1": two_colored((1, 2, 3))}, suffix=".png")
    library = Library(load_settings())
    library.add("other", read_catalog(folder))
    user, admin = visit(CATALOGS, "ann@shop.example"), visit(CATALOGS, "boss@shop.example")
    assert "delete other" not in keys(user) and not user.get("file_uploader")
    assert "delete other" in keys(admin) and admin.get("file_uploader")

    admin.button(key="delete other").click().run()
    admin.user |= {"email": "ann@shop.example"}  # no admin any more
    admin.button(key="delete").click().run()
    assert "other" in library.names()
    assert "Only those who run this app" in admin.error[0].value


def test_who_sits_at_the_machine_is_no_admin_where_people_sign_in() -> None:
    assert visitors.sits_here()
    assert not visit(CATALOGS, "ann@shop.example").get("file_uploader")


def test_the_password_of_those_who_run_the_app_makes_anybody_an_admin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_ADMIN_PASSWORD", "correct horse battery")
    page = visit(CATALOGS, "ann@shop.example")
    page.text_input(key="password").input("correct horse battery")
    page.button(key="give password").click().run()
    no_error(page)
    assert page.get("file_uploader")


def test_without_the_section_everybody_uses_the_app() -> None:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page(CATALOGS.script).run()
    no_error(page)
    assert "sign out" not in keys(page) and page.get("file_uploader")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[auth\n", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
        (None, "cannot be read"),
        (b"[auth]\ncookie_secret = ''", "cookie_secret"),
        (b"auth = 'x'", "cookie_secret"),
    ],
    ids=["no TOML", "no text", "a folder", "no secret", "no section"],
)
def test_secrets_that_make_no_sense_let_nobody_in(
    content: bytes | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, option = tmp_path / "secrets.toml", st.get_option
    if content is None:
        broken.mkdir()
    else:
        broken.write_bytes(content)

    def with_secrets(name: str) -> object:
        return [str(broken)] if name == "secrets.files" else option(name)

    monkeypatch.setattr(st, "secrets", Secrets())
    monkeypatch.setattr(st, "get_option", with_secrets)
    monkeypatch.setattr("streamlit.config.get_option", with_secrets)
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert said in page.error[0].value.replace("\\", "") and not page.header
