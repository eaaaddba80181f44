"""Many visitors at once, some of whom attack the others, each in a session of its own over the WebSocket, as a browser
has it: how long the others wait, how much memory that takes, and whether it is given back.

Starts the app on the demo, or on --catalog, and lets one visitor wait until it is indexed. Then VISITORS come at once.
For SECONDS the most of them, with two to five seconds between, follow a card or drop a photo on the page; ATTACKERS,
each from an address of their own, do over and over what did harm: photos of 64 megapixels, thousands of words, ZIPs
that unpack to a gigabyte. Then all leave, and LEFT seconds later the memory is looked at again.
"""

import argparse
import asyncio
import os
import random
import tempfile
import time
from collections.abc import Awaitable, Callable

import numpy as np
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException

from benchmarks.attacks.archives import bomb
from benchmarks.attacks.photos import jpegs
from benchmarks.visitor import Visitor, app, memory, visit
from prodsim.ui.resources import SAMPLES

BETWEEN = (2.0, 5.0)
"""Seconds between two actions of a visitor."""
WORDS = 2000
MOST_SECONDS, MOST_MB, MOST_GROWTH = 5.0, 3000.0, 0.15
"""What is promised: p95 of the others, memory, and how much more of it may be left."""

Step = Callable[[Visitor], Awaitable[None]]


async def follow(visitor: Visitor) -> None:
    """Any card."""
    await visitor.search_on(random.choice(visitor.cards))


async def photo(visitor: Visitor) -> None:
    """A sample photo, by other bytes each time."""
    content = random.choice([*SAMPLES.iterdir()]).read_bytes() + os.urandom(8)
    await visitor.drop([content])


STEPS: tuple[Step, ...] = (follow, follow, photo)


class Attack:
    """What an attacker does, in turn, without a pause."""

    def __init__(self) -> None:
        self.photos = jpegs(2)
        self.archive = bomb()
        self.done = 0

    async def once(self, visitor: Visitor) -> None:
        """All of it, once."""
        await visitor.drop([each + os.urandom(8) for each in self.photos])
        words = "+".join(f"word{random.random()}" for _ in range(WORDS))
        await visitor.go("", f"words={words}")
        await visitor.go("catalogs")
        name = "shop.zip"
        file = await asyncio.to_thread(visitor.send, self.archive, name, "application/zip")
        about = [{"name": name, "size": len(self.archive), "file_id": file}]
        await visitor.choose("catalog upload", WidgetState(file_uploader_state_value={"uploaded_file_info": about}))
        self.done += 1


async def stay(address: str, until: float, times: dict[str, list[float]], errors: list[str], source: str) -> None:
    """One visitor's stay."""
    await asyncio.sleep(random.uniform(0, BETWEEN[1]))
    start = time.perf_counter()
    async with visit(address, source) as socket:
        visitor, name, step = Visitor(socket, address, source), "open", Visitor.open
        while True:
            try:
                await step(visitor)
            except (OSError, WebSocketException, LookupError) as error:  # the last: a page without what it should have
                errors.append(f"{name}: {error!r}")
                break
            times.setdefault(name, []).append(time.perf_counter() - start)
            if time.monotonic() > until:
                break
            await asyncio.sleep(random.uniform(*BETWEEN))
            step = random.choice(STEPS)
            name, start = step.__name__, time.perf_counter()
        errors += visitor.errors


async def besiege(address: str, until: float, attack: Attack, source: str) -> None:
    """One attacker's stay, who begins anew when the server has had enough."""
    while time.monotonic() < until:
        try:
            async with asyncio.timeout(max(1.0, until - time.monotonic())), visit(address, source) as socket:
                visitor = Visitor(socket, address, source)
                await visitor.open()
                while True:
                    await attack.once(visitor)
                    await visitor.go("")
        except (OSError, WebSocketException, LookupError):  # TimeoutError among them
            await asyncio.sleep(1)


async def watch(process: int, peaks: list[float]) -> None:
    """Note the memory of the app, again and again."""
    while True:
        peaks.append(memory(process))
        await asyncio.sleep(0.1)


async def measure(address: str, process: int, visitors: int, attackers: int, seconds: float, left: float) -> bool:
    """Print what the visitors waited, and the memory. Whether it is as promised."""
    errors: list[str] = []
    async with visit(address) as socket:
        first = Visitor(socket, address)
        for step in (Visitor.open, follow, photo):
            await step(first)
        errors += first.errors
    before = memory(process)
    times: dict[str, list[float]] = {}
    peaks, attack = [before], Attack()
    watching = asyncio.create_task(watch(process, peaks))
    until = time.monotonic() + seconds
    stays = [stay(address, until, times, errors, f"127.0.1.{n + 1}") for n in range(visitors - attackers)]
    sieges = [besiege(address, until, attack, f"127.0.2.{n + 1}") for n in range(attackers)]
    await asyncio.gather(*stays, *sieges)
    every = [one for some in times.values() for one in some]
    for name, some in [*times.items(), ("all", every)]:
        middle, late = np.percentile(some, [50, 95])
        print(f"{name:10} {len(some):5} times, median {middle:5.2f} s, p95 {late:5.2f} s, worst {max(some):5.2f} s")
    print(f"attacks: {attack.done}; errors of the others: {len(errors)} {sorted(set(errors))[:5]}", flush=True)
    await asyncio.sleep(left)
    watching.cancel()
    after = memory(process)
    print(f"memory: {before:.0f} MB before, {max(peaks):.0f} MB at most, {after:.0f} MB {left:.0f} s after", end="")
    print(f" they left ({after / before - 1:+.1%})")
    late = float(np.percentile(every, 95))
    return not errors and late <= MOST_SECONDS and max(peaks) <= MOST_MB and after <= before * (1 + MOST_GROWTH)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=25)
    parser.add_argument("--attackers", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--left", type=float, default=240)
    parser.add_argument("--catalog", default="", help="a folder or ZIP; the demo if none is named")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache, app(cache, PRODSIM_CATALOG=given.catalog) as (address, process):
        kept = measure(address, process, given.visitors, given.attackers, given.seconds, given.left)
        print("as promised" if asyncio.run(kept) else "NOT as promised")
