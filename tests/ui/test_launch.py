import asyncio
import webbrowser

import pytest
import streamlit as st

from prodsim.ui import door, launch

OPTIONS = {
    "server.headless": False,
    "server.sslCertFile": None,
    "server.address": None,
    "server.port": 8501,
    "server.baseUrlPath": "",
    "browser.serverAddress": "localhost",
}


def opened(monkeypatch: pytest.MonkeyPatch, *names: str, **options: object) -> list[str]:
    """The addresses that a browser shows who starts a server of these names with these options."""
    shown: list[str] = []
    chosen = OPTIONS | {name.replace("_", "."): value for name, value in options.items()}
    monkeypatch.setattr(st, "get_option", chosen.__getitem__)
    monkeypatch.setattr(webbrowser, "open", shown.append)
    monkeypatch.setattr(launch, "AFTER", 0)
    monkeypatch.setattr(door, "answers_to", lambda name: name in names)

    async def run() -> None:
        async with launch.start(st.App(__file__)):
            await asyncio.sleep(0.3)

    asyncio.run(run())
    return shown


def test_who_starts_the_app_sees_it_in_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(monkeypatch, "localhost") == ["http://localhost:8501/"]
    assert opened(monkeypatch, "localhost", server_address="0.0.0.0", server_port=80) == ["http://localhost:80/"]
    elsewhere = {"server_address": "shop.example", "server_baseUrlPath": "/shop/", "server_sslCertFile": "cert.pem"}
    assert opened(monkeypatch, "shop.example", **elsewhere) == ["https://shop.example:8501/shop"]


def test_no_browser_opens_where_nobody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(monkeypatch, "localhost", server_headless=True) == []


def test_nor_where_the_server_would_not_answer_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(monkeypatch, "shop.example", server_address="0.0.0.0") == []
