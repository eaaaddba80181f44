"""VISITORS give one after the other eight photos of 19 MB, of few pixels, and stay.

Told is the app's memory after each fifth. Harm is done by more than MOST_MB, of 4 GB that a small server has; by the
end of the process; and if the photo of another visitor, who came before and gave a sample, is gone.
"""

import asyncio
import os
import tempfile
from contextlib import AsyncExitStack

from benchmarks.attacks import attacked, end
from benchmarks.attacks.photos import MOST_MB
from benchmarks.visitor import Visitor, app, memory, visit
from prodsim.search import MAX_PHOTOS
from prodsim.ui.resources import SAMPLES

VISITORS, SIZE = 25, 19_000_000


def main() -> None:
    """Prints megabytes, and what harm was done."""
    root = attacked(__doc__)
    with tempfile.TemporaryDirectory() as cache, app(cache, root) as (address, process):
        end(*asyncio.run(attack(address, process)))


async def attack(address: str, process: int) -> list[str]:
    """What harm was done."""
    sample = next(SAMPLES.iterdir()).read_bytes()
    async with AsyncExitStack() as open_windows:
        other = Visitor(await open_windows.enter_async_context(visit(address)), address)
        await other.open()
        await other.drop([sample])
        shown = other.cards
        print(f"before: {memory(process):.0f} MB", flush=True)
        for number in range(1, VISITORS + 1):
            visitor = Visitor(await open_windows.enter_async_context(visit(address)), address)
            await visitor.open()
            photos = [sample + os.urandom(SIZE) for _ in range(MAX_PHOTOS)]  # what follows a picture's end is kept too
            await visitor.drop(photos)
            if not memory(process):
                return ["the process is gone"]
            if number % 5 == 0:
                print(f"{number} visitors: {memory(process):.0f} MB", flush=True)
        await other._run()
        most = memory(process)
    harms = [f"the app took {most:.0f} MB"] if most > MOST_MB else []
    return harms if other.cards == shown else [*harms, "another visitor's photo is gone"]


if __name__ == "__main__":
    main()
