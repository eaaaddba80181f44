"""ZIPs of 5.5 MB that unpack to 1 GB, each another one, given at Catalogs by two visitors who add none of them.

Every picture in them is one, with zeros behind its end, which pack to a thousandth; random bytes beside them keep the
whole within what an archive may unpack to. Harm is what lies in the cache afterward.
"""

import asyncio
import io
import os
import time
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.attacks import attacked, end
from benchmarks.visitor import Visitor, app, visit

VISITORS, EACH = 2, 2
PICTURES, PICTURE_BYTES = 64, 16 << 20
BESIDE_BYTES = int(4.5 * 2**20)
MOST_MB = 10
"""In the cache, of what nobody added: the app itself keeps 5 MB there, of the demo."""


def bomb() -> bytes:
    """A ZIP of 64 pictures of 16 MB, which no other one equals."""
    picture, packed = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (60, 80), "red").save(picture, "JPEG")
    padded = picture.getvalue().ljust(PICTURE_BYTES, b"\0")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("beside.bin", os.urandom(BESIDE_BYTES))
        for number in range(PICTURES):
            archive.writestr(f"images/{number}.jpg", padded)
    return packed.getvalue()


def taken(folder: str) -> float:
    """MB of all files in a folder."""
    return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 2**20


async def give(address: str, bombs: list[bytes]) -> list[str]:
    """One visitor gives them, one after another, and looks at what was read. What the page said against it."""
    async with visit(address) as socket:
        visitor = Visitor(socket, address)
        await visitor.open()
        await visitor.go("catalogs")
        for number, content in enumerate(bombs):
            name = f"{number}.zip"
            file = await asyncio.to_thread(visitor.send, content, name, "application/zip")
            about = [{"name": name, "size": len(content), "file_id": file}]
            given = WidgetState(file_uploader_state_value={"uploaded_file_info": about})
            await visitor.choose("catalog upload", given)
        return [error for error in visitor.errors if error != "no cards"]


async def give_all(address: str, bombs: list[bytes]) -> list[list[str]]:
    """The visitors at the same time."""
    return await asyncio.gather(*(give(address, bombs[number::VISITORS]) for number in range(VISITORS)))


def main() -> None:
    """Print what was given, how long that took, and what it left."""
    root = attacked(__doc__)
    bombs = [bomb() for _ in range(VISITORS * EACH)]
    with TemporaryDirectory() as cache, app(cache, root) as (address, _):
        started = time.perf_counter()
        said = asyncio.run(give_all(address, bombs))
        seconds = time.perf_counter() - started
        left = taken(cache)
    sent = sum(map(len, bombs)) / 2**20
    print(f"{len(bombs)} ZIPs of {sent / len(bombs):.1f} MB by {VISITORS} visitors, {sent:.0f} MB in {seconds:.1f} s")
    print("\n".join(error for errors in said for error in errors) or "Each was previewed, and none was added.")
    print(f"The cache has {left:,.0f} MB.")
    end(*[f"{left:,.0f} MB of disk are taken, though nothing was added"] * (left > MOST_MB))


if __name__ == "__main__":
    main()
