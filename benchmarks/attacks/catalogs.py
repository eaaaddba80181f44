"""A stranger on the network deletes a catalog that others added. The app is opened to the network for it."""

import asyncio
import socket
import tempfile
from pathlib import Path

from PIL import Image

from benchmarks.attacks import attacked, end
from benchmarks.visitor import Visitor, app, visit
from prodsim.catalog import Library, read_catalog
from prodsim.config import load_settings

NAME = "of the others"


def main() -> None:
    """Says whether the catalog is still there."""
    checkout = attacked(__doc__)
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryDirectory() as folder:
        library = Library(load_settings(cache_dir=cache))
        library.add(NAME, read_catalog(_catalog(Path(folder))))
        here = own_address()
        opened = {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "STREAMLIT_SERVER_ALLOWED_HOSTS": f"127.0.0.1 {here}"}
        with app(cache, checkout, **opened) as (address, _):
            asyncio.run(_delete(address.replace("127.0.0.1", here)))
        end(*([] if NAME in library.names() else ["the stranger deleted the catalog"]))


async def _delete(address: str) -> None:
    async with visit(address) as connection:
        stranger = Visitor(connection, address)
        await stranger.open()
        stranger.place |= {"page_script_hash": "", "page_name": "catalogs"}
        await stranger.open()
        for key in (f"delete {NAME}", "delete"):
            print(f"button {key!r}: {'pressed' if key in stranger.ids else 'not there'}")
            if key in stranger.ids:
                await stranger.press(key)


def _catalog(folder: Path) -> Path:
    (folder / "images").mkdir()
    Image.new("RGB", (60, 80), "red").save(folder / "images" / "1.jpg")
    return folder


def own_address() -> str:
    """Of this machine in its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        address: str = probe.getsockname()[0]
    return address


if __name__ == "__main__":
    main()
