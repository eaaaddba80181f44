"""Many visitors at once, each in a session of its own over the WebSocket, as a browser has it: how long they wait.

Starts the app on the demo, and lets one visitor wait until it is indexed. Then VISITORS come at once and, with two to
five seconds between, follow a card or drop a photo on the page, for SECONDS. At last CYCLES visitors open the app,
search and close it, one after another; the server's memory is compared between the first and the last of them.
"""

import argparse
import asyncio
import os
import random
import tempfile
import time

import numpy as np
from websockets.exceptions import WebSocketException

from benchmarks.visitor import Visitor, app, memory, visit
from prodsim.ui.resources import SAMPLES

BETWEEN = (2.0, 5.0)
"""Seconds between two actions of a visitor."""
SETTLED = 5
"""Cycles before memory is compared: the first ones fill caches that are bounded."""


class Stays(Visitor):
    """A visitor who searches on and gives photos."""

    async def follow(self) -> None:
        """Any card."""
        await self.search_on(random.choice(self.cards))

    async def photo(self) -> None:
        """A sample photo, by other bytes each time."""
        photo = random.choice([*SAMPLES.iterdir()]).read_bytes() + os.urandom(8)
        await self.drop([photo])


async def stay(address: str, until: float, times: dict[str, list[float]], errors: list[str]) -> None:
    """One visitor's stay."""
    await asyncio.sleep(random.uniform(0, BETWEEN[1]))
    start = time.perf_counter()
    async with visit(address) as socket:
        visitor, action = Stays(socket, address), "open"
        while True:
            try:
                await getattr(visitor, action)()
            except (OSError, WebSocketException, LookupError) as error:  # the last: a page without what it should have
                errors.append(f"{action}: {error!r}")
                break
            times.setdefault(action, []).append(time.perf_counter() - start)
            if time.monotonic() > until:
                break
            await asyncio.sleep(random.uniform(*BETWEEN))
            action = random.choice(("follow", "follow", "photo"))
            start = time.perf_counter()
        errors += visitor.errors


async def measure(address: str, process: int, visitors: int, seconds: float, cycles: int) -> None:
    """Print what the visitors waited, and the memory."""

    async def once() -> list[str]:
        async with visit(address) as socket:
            visitor = Stays(socket, address)
            await visitor.open()
            await visitor.follow()
            await visitor.photo()
            return visitor.errors

    errors = await once()
    assert not errors, errors
    times: dict[str, list[float]] = {}
    until = time.monotonic() + seconds
    await asyncio.gather(*(stay(address, until, times, errors) for _ in range(visitors)))
    every = [one for some in times.values() for one in some]
    for action, some in [*times.items(), ("all", every)]:
        middle, late = np.percentile(some, [50, 95])
        print(f"{action:10} {len(some):5} times, median {middle:5.2f} s, p95 {late:5.2f} s, worst {max(some):5.2f} s")
    print(f"errors: {len(errors)} {sorted(set(errors))[:5]}")

    sizes = []
    for _ in range(SETTLED + cycles):
        errors += await once()
        sizes.append(memory(process))
    first, last = sizes[SETTLED - 1], sizes[-1]
    print(f"memory after {cycles} more visits: {first:.0f} -> {last:.0f} MB ({last / first - 1:+.1%})")
    print(f"errors in all: {len(errors)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=25)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--cycles", type=int, default=50)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache, app(cache) as (address, process):
        asyncio.run(measure(address, process, given.visitors, given.seconds, given.cycles))
