"""A visitor gives ten photos of about a megabyte and 64 megapixels each; then four visitors give such ones, PNGs, WebPs
and TIFFs among them, over and over for SECONDS. Another visitor searches with a sample photo all the while, never the
same.

Told are the app's memory and how long these searches took. Harm is done by more than MOST_MB, of 4 GB that a small
server has; by the end of the process; and by a search that fails, or takes longer than anybody waits.
"""

import asyncio
import os
import struct
import tempfile
import time
import zlib
from collections.abc import Sequence
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms
from PIL.ExifTags import Base
from websockets.exceptions import WebSocketException

from benchmarks.attacks import attacked, end
from benchmarks.visitor import Visitor, app, memory, visit
from prodsim.ui.resources import SAMPLES

SIDE, PHOTOS = 8000, 10
TILE = 44_800
"""Pixels of a side of the largest tile that libtiff takes, about."""
ATTACKERS, SECONDS = 4, 60
MOST_MB, PATIENCE = 3000, 30
EVERY = 0.01
"""Seconds between two looks at the app's memory."""
SPOTS = Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 40, 3), dtype=np.uint8))
PAUSE = 1.0
"""Seconds between two searches of the other visitor."""


def main() -> None:
    """Prints megabytes and seconds, and what harm was done."""
    root = attacked(__doc__)
    photos = jpegs(PHOTOS)
    mixed = [*photos[:1], *others()]
    print(f"{PHOTOS} JPEGs of {SIDE} x {SIDE} pixels, {sum(map(len, photos)) / 1e6:.0f} MB in all", flush=True)
    with tempfile.TemporaryDirectory() as cache, app(cache, root) as (address, process):
        end(*asyncio.run(attack(address, process, photos, mixed)))


async def attack(address: str, process: int, photos: Sequence[bytes], mixed: Sequence[bytes]) -> list[str]:
    """What harm was done."""
    async with visit(address) as socket:
        innocent = Visitor(socket, address)
        await innocent.open()
        harms: list[str] = []
        await search(innocent)  # models are loaded
        peaks = [memory(process)]
        watching = asyncio.create_task(watch(process, peaks))
        print(f"before: {peaks[0]:.0f} MB", flush=True)
        for title, attackers in (
            ("ten at once", [give(address, photos, 0)]),
            (f"{ATTACKERS} visitors", [give(address, mixed, SECONDS) for _ in range(ATTACKERS)]),
        ):
            began, times = time.perf_counter(), list[float]()
            attacking = asyncio.gather(*attackers, return_exceptions=True)
            while not attacking.done():
                times.append(await search(innocent))
                if innocent.errors or times[-1] > PATIENCE:
                    harms.append(f"{title}: another one's search took {times[-1]:.1f} s {innocent.errors}")
                    innocent.errors.clear()
                if not memory(process):
                    return [*harms, f"{title}: the process is gone"]
                await asyncio.sleep(PAUSE)
            print(
                f"{title}: {time.perf_counter() - began:.1f} s, at most {max(peaks):.0f} MB; {len(times)} searches of "
                f"another one took {np.median(times):.2f} s, the longest {max(times):.2f} s",
                flush=True,
            )
        watching.cancel()
    if max(peaks) > MOST_MB:
        harms.append(f"the app took {max(peaks):.0f} MB")
    return harms


async def give(address: str, photos: Sequence[bytes], seconds: float) -> None:
    """Give these photos as one query, and again until so many seconds are over."""
    until = time.perf_counter() + seconds
    while True:
        async with visit(address) as socket:
            visitor = Visitor(socket, address)
            await visitor.open()
            dropping = asyncio.create_task(visitor.drop(photos))
            await asyncio.wait([dropping], timeout=max(PATIENCE, until - time.perf_counter()) if seconds else None)
            dropping.cancel()
        if time.perf_counter() >= until:
            return


async def search(visitor: Visitor) -> float:
    """Seconds that a search with a sample photo takes, which was never seen before: bytes follow its end."""
    photo = next(SAMPLES.iterdir()).read_bytes() + os.urandom(8)
    began = time.perf_counter()
    try:
        await visitor.drop([photo])
    except (OSError, WebSocketException) as error:
        visitor.errors.append(repr(error))
    return time.perf_counter() - began


async def watch(process: int, peaks: list[float]) -> None:
    """Note the memory of the app, again and again."""
    while True:
        peaks.append(memory(process))
        await asyncio.sleep(EVERY)


def jpegs(number: int) -> list[bytes]:
    """JPEGs of about a megabyte, no two the same: soft spots of any color, all that makes a decoder hold more with
    them. They are progressive, lie on their side, and have a color profile.
    """
    picture = SPOTS.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    exif, profile = Image.Exif(), ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif[Base.Orientation] = 6
    options = {"progressive": True, "subsampling": 0, "exif": exif}
    named = profile.replace("sRGB".encode("utf-16-be"), "Mine".encode("utf-16-be"))
    return [
        encoded(shifted(picture, place), "JPEG", quality=15, icc_profile=named, **options) for place in range(number)
    ]


def others() -> list[bytes]:
    """PNGs, one with alpha; WebPs, whose decoder takes most; and TIFFs of a tile that is far larger than the whole."""
    picture, tiled = SPOTS.resize((SIDE, SIDE), Image.Resampling.NEAREST), tiff()
    return [
        *(encoded(shifted(picture, place), "PNG", compress_level=1) for place in range(2)),
        encoded(picture.convert("RGBA"), "PNG", compress_level=1),
        *(encoded(shifted(picture, place), "WEBP", method=0, quality=20) for place in range(2)),
        tiled,
        tiled + b"again",
    ]


def tiff() -> bytes:
    """A file of 2 MB, in gray, whose one tile has 2 GB."""
    packing = zlib.compressobj()
    pixels = b"".join(packing.compress(bytes(TILE)) for _ in range(TILE)) + packing.flush()
    tags = [(256, SIDE), (257, SIDE), (258, 8), (259, 8), (262, 1), (277, 1), (322, TILE), (323, TILE), (324, 134)]
    entries = [struct.pack("<HHII", tag, 4, 1, value) for tag, value in [*tags, (325, len(pixels))]]
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + b"".join(entries) + bytes(4) + pixels


def shifted(picture: Image.Image, place: int) -> Image.Image:
    """The same with another corner."""
    other = picture.copy()
    other.paste("white", (0, 0, 100 + 10 * place, 100))
    return other


def encoded(picture: Image.Image, format: str, **options: object) -> bytes:
    """A file of it."""
    file = BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


if __name__ == "__main__":
    main()
