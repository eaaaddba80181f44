"""A page elsewhere bends a name of its own to this machine (DNS rebinding) and reads the app, or shows it in a frame; a
machine in the network opens an app that was started as the README says.
"""

import socket
import tempfile

import requests

from benchmarks.attacks import attacked, end
from benchmarks.attacks.catalogs import own_address
from benchmarks.visitor import app


def main() -> None:
    """Says what could be read, and by whom."""
    harms = []
    with tempfile.TemporaryDirectory() as cache, app(cache, attacked(__doc__)) as (address, _):
        for path in ("/", "/_stcore/metrics"):
            answer = requests.get(f"{address}{path}", headers={"Host": "evil.example"}, timeout=60)
            print(f"{path} asked of evil.example: {answer.status_code}")
            if answer.ok:
                harms.append(f"a page of evil.example reads {path}")
        headers = requests.get(address, timeout=60).headers
        for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
            print(f"{name}: {headers.get(name, 'none')}")
        if "frame-ancestors 'none'" not in headers.get("Content-Security-Policy", ""):
            harms.append("any page shows the app in a frame")
        try:
            socket.create_connection((own_address(), int(address.rpartition(":")[2])), timeout=5).close()
            harms.append("any machine in the network opens the app")
        except OSError as error:
            print(f"from the network: {error}")
    end(*harms)


if __name__ == "__main__":
    main()
