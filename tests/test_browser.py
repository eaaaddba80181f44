"""The app as a visitor meets it: started as the README says, in a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.needs import ROOT, need

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PATIENCE = 120_000
"""Milliseconds for a first start on a slow machine: the demo is drawn and indexed."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The visitor's home folder, empty at first."""
    return tmp_path_factory.mktemp("visitor")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """The app, running with an empty cache."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PRODSIM_")}
    environment |= {"HOME": str(home), "PRODSIM_CACHE_DIR": str(home / "cache"), "PRODSIM_OFFLINE": "1"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, home / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"The app did not start: {log.read_text()}")


@pytest.fixture
def page() -> Iterator[Page]:
    """A fresh browser window."""
    need(CHROMIUM is not None, "chromium (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield page
        browser.close()


def test_a_visitor_opens_the_app_uploads_a_photo_and_sees_five_results(page: Page, address: str, home: Path) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name="What looks like this?")).to_be_visible()
    expect(page.get_by_text("300 products")).to_be_visible()
    photo = next(home.glob("cache/catalogs/demo-*/images/*.jpg"))

    page.get_by_role("link", name="Find look-alikes").click()
    expect(page.get_by_role("heading", name="The 5 most similar of 300 products")).to_be_visible()
    page.get_by_text("Your photo").click()
    page.locator("input[type=file]").set_input_files(photo)

    expect(page.get_by_alt_text("Your photo")).to_be_visible()
    expect(page.get_by_role("heading", name="The 5 most similar of 300 products")).to_be_visible()
    expect(page.get_by_text("score 1.00")).to_be_visible()
    expect(page.get_by_role("button", name="Look-alikes", exact=True)).to_have_count(5)
