"""What twenty phone photos, offered at once as one query, cost the app, in seconds and memory.

The photos have 12 megapixels and lie on their side, as phones write them. The app runs on the demo with `mini`, by
which a photo was searched with before. Memory is that of the app's process, watched all the time, the upload included.
The naive way is measured in a process of its own: to decode and encode all twenty whenever the page runs, holding the
pictures. Processor seconds are told as well, for a machine that has other work.
"""

import argparse
import asyncio
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from threading import Event, Thread

import numpy as np
from PIL import Image
from PIL.ExifTags import Base
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.visitor import Visitor, app, memory, visit
from prodsim.config import load_settings
from prodsim.encoders import is_familiar, require
from prodsim.images import flaws, open_rgb, thumbnail
from prodsim.index import KERNELS
from prodsim.search import Framing
from prodsim.ui.resources import SAMPLES

PHOTOS = 20
SIZE, NOISE, QUALITY = (4032, 3024), 7.0, 93
EVERY = 0.002
"""Seconds between two looks at a process's memory."""


def main() -> None:
    """Prints seconds and MB of both ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--naive", metavar="FOLDER", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.naive:
        naive([path.read_bytes() for path in sorted(given.naive.iterdir())])
        return
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryDirectory() as folder:
        photos = [*phone_photos()]
        sizes = [len(photo) / 1e6 for photo in photos]
        print(f"{PHOTOS} photos of {SIZE[0]} x {SIZE[1]} pixels, {min(sizes):.1f} to {max(sizes):.1f} MB each")
        for number, photo in enumerate(photos):
            Path(folder, f"{number:02}.jpg").write_bytes(photo)
        subprocess.run([sys.executable, "-m", "benchmarks.photo_cost", "--naive", folder], check=True)
        with app(cache) as (address, process):
            asyncio.run(measure(address, process, photos))


async def measure(address: str, process: int, photos: Sequence[bytes]) -> None:
    """Drop the photos on the page, then click about."""
    async with visit(address) as socket:
        first = Visitor(socket, address)
        await first.open()
        await first.drop([next(SAMPLES.iterdir()).read_bytes()])
        assert not first.errors, first.errors
    async with visit(address) as socket:
        visitor = Visitor(socket, address)
        await visitor.open()
        with Watch(process) as watch:
            await visitor.drop(photos)
            watch.tell("sent, and the first search")
            for title, click in clicks(visitor).items():
                await click()
                watch.tell(title)
                assert visitor.cards, (title, visitor.errors)


def clicks(visitor: Visitor) -> dict[str, Callable[[], Awaitable[None]]]:
    """What a visitor does with the photos, in order."""
    return {
        "more like a result": lambda: visitor.mark("more", visitor.cards[0]),
        "the settings": lambda: visitor.choose("settings open", WidgetState(bool_value=True)),
        "more results": lambda: visitor.choose("k", WidgetState(double_value=8)),
        "raw scores": lambda: visitor.choose("scoring", WidgetState(string_value=KERNELS["linear"].title)),
        "another model": lambda: visitor.choose("model", WidgetState(string_value="Pixels")),
        "a product": lambda: visitor.search_on(visitor.cards[0]),
        "the photos again": lambda: visitor.press("back"),
        "all that is seen": lambda: visitor.choose("photos open", WidgetState(bool_value=True)),
        "another crop": lambda: visitor.choose("crop across", WidgetState(double_array_value={"data": [10, 90]})),
        "one photo less": lambda: visitor.press("remove photo"),
    }


def naive(photos: Sequence[bytes]) -> None:
    """Two runs of a page that keeps nothing."""
    encoder = require("mini", load_settings(offline=True)).load()
    sample, framing = open_rgb(next(SAMPLES.iterdir())), Framing()
    encoder.encode([sample] * PHOTOS), is_familiar(encoder, sample)
    with Watch(os.getpid()) as watch:
        for title in ("naive: first search", "naive: any click"):
            pictures = [open_rgb(photo) for photo in photos]
            for picture in pictures:
                thumbnail(framing.mark(picture)), flaws(framing.crop(picture))
            seen = [framing.fit(picture, encoder.spec) for picture in pictures]
            encoder.encode(seen), [is_familiar(encoder, picture) for picture in seen]
            watch.tell(title)
            del picture, pictures


class Watch:
    """Looks at a process all the time, and tells what it took since it told before."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.before = self.most = memory(process)
        self.start = self.used = 0.0
        self.over = Event()
        self.thread = Thread(target=self._look)

    def __enter__(self) -> "Watch":
        self.thread.start()
        self.start, self.used = time.perf_counter(), processor_seconds(self.process)
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def tell(self, title: str) -> None:
        """A line of the table."""
        now, used = time.perf_counter(), processor_seconds(self.process)
        grown, most = memory(self.process) - self.before, self.most - self.before
        print(
            f"{title:20} {now - self.start:6.2f} s, of a processor {used - self.used:6.2f} s, memory {grown:+5.0f} MB, "
            f"at most {most:+5.0f} MB so far",
            flush=True,
        )
        self.start, self.used = time.perf_counter(), processor_seconds(self.process)

    def _look(self) -> None:
        while not self.over.wait(EVERY):
            self.most = max(self.most, memory(self.process))


def processor_seconds(process: int) -> float:
    """That it used so far, in all threads."""
    user, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def phone_photos() -> Iterator[bytes]:
    """Sample photos, enlarged and with a sensor's noise, as a phone writes them: on their side, which the EXIF says."""
    noise = np.random.default_rng(0).normal(0, NOISE, (*SIZE, 1)).astype(np.int16)
    samples = sorted(SAMPLES.iterdir())
    for number in range(PHOTOS):
        upright = open_rgb(samples[number % len(samples)]).resize(SIZE[::-1], Image.Resampling.BICUBIC)
        pixels = np.clip(np.asarray(upright) + np.roll(noise, 99 * number, axis=1), 0, 255).astype(np.uint8)
        exif, file = Image.Exif(), io.BytesIO()
        exif[Base.Orientation] = 6
        side = Image.fromarray(pixels).transpose(Image.Transpose.ROTATE_90)
        side.save(file, "JPEG", quality=QUALITY, exif=exif)
        yield file.getvalue()


if __name__ == "__main__":
    main()
