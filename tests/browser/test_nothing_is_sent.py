"""Nothing is sent anywhere, as the README says: heard in a network of its own, where every address is this machine."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest

from prodsim.encoders import REGISTRY
from tests.needs import ROOT, need
from tests.pages.running import rainbow, two_colored
from tests.samples import write_catalog

UNSHARE = ("unshare", "--map-root-user", "--net")
PUBLISHERS = {urlsplit(spec.weights.url).hostname for spec in REGISTRY.values() if spec.weights and spec.weights.url}
"""Where weights come from: the one thing that is fetched."""
HANDSHAKE = " ".join(
    f"-H '{header}'"
    for header in (
        *("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"),
        *("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Origin: http://evil.example"),
    )
)
"""Of a page elsewhere that wants a session."""
LINES = [line.strip() for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("      python -m")]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the files that the README's lines name."""
    need(bool(shutil.which("unshare") and shutil.which("ip")), "unshare or ip (Debian: util-linux and iproute2)")
    if subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine gives nobody a network of their own")
    sample = next((ROOT / "prodsim" / "ui" / "samples").glob("*.jpg"))
    shutil.copy(sample, tmp_path / "photo.jpg")
    shop = write_catalog(
        tmp_path / "shop",
        {id_: two_colored(color) for id_, color in rainbow(6).items()},
        suffix=".png",
        attributes={id_: {"articleType": "Tshirts"} for id_ in rainbow(6)},
    )
    with ZipFile(tmp_path / "my-shop.zip", "w") as archive:
        for path in sorted(shop.rglob("*.*")):
            archive.write(path, path.relative_to(shop))
    return tmp_path


def sent(place: Path, command: str, **settings: str) -> tuple[int, set[str], set[str]]:
    """The status of a shell's command, the names that it asked for, and the addresses that it sent to."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PRODSIM_")}
    environment |= {"HOME": str(place), "PYTHONPATH": str(ROOT), "BROWSER": "true"} | settings
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    listen = [*UNSHARE, sys.executable, "-m", "tests.listening", "bash", "-c", command]
    done = subprocess.run(listen, cwd=place, env=environment, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    heard = json.loads(done.stdout)
    return heard["status"], {*heard["names"]}, {*heard["addresses"]}


def test_what_is_sent_is_heard(place: Path) -> None:
    ask = (
        "import requests\ntry: requests.get('http://nobody.example')\nexcept OSError: requests.get('http://192.0.2.1')"
    )
    _, names, addresses = sent(place, f'python -c "{ask}"')
    assert names == {"nobody.example"} and addresses == {"192.0.2.1"}


@pytest.mark.parametrize(
    ("host", "options"),
    [
        ("localhost", ""),
        ("shop.example", "--server.headless=true --server.address=0.0.0.0 --server.allowedHosts=shop.example"),
    ],
    ids=["as the README says", "opened to a network"],
)
def test_the_app_starts_and_nothing_is_sent(place: Path, host: str, options: str) -> None:
    start = f"timeout 300 streamlit run {ROOT}/app.py --server.port=8599 {options} & "
    ask = f"curl -sf -H 'Host: {host}' http://127.0.0.1:8599/_stcore/health"
    elsewhere = f"curl -s -m 20 -H 'Host: {host}' {HANDSHAKE} http://127.0.0.1:8599/_stcore/stream"
    answers = f"for _ in $(seq 200); do sleep 1; {ask} && break; done"
    status, names, addresses = sent(place, f"{start}{answers}; {elsewhere}; sleep 3; {ask} && kill %1")
    assert (status, names, addresses) == (0, set(), set())


def test_no_line_of_the_readme_sends_anything_offline(place: Path) -> None:
    assert len(LINES) > 5
    status, names, addresses = sent(place, "set -e; " + "; ".join(LINES), PRODSIM_OFFLINE="1")
    assert (status, names, addresses) == (0, set(), set())


def test_else_the_publisher_of_the_weights_alone_is_asked(place: Path) -> None:
    status, names, addresses = sent(place, LINES[0])
    assert status == 0 and not addresses
    assert names and names <= PUBLISHERS
