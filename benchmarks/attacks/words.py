"""A search by name for 2,000 words, by an address and typed, and addresses of 60 kB of other kinds: what each costs
until the page is whole, and what the server goes on to spend if the window is closed after half a second.

It did harm: every word was looked for in every name, 7.5 s at 40,042 products, whether anybody waited or not. The other
addresses did none. The catalog is `fashion-small.zip` in the folder PRODSIM_TEST_DATA, or `../shared/data`; it is
indexed first. Harm is over a second more of the server's processor than an ordinary search takes, the end of the
session included.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode
from zipfile import ZipFile

import pandas as pd
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.attacks import attacked, end
from benchmarks.visitor import ROOT, Visitor, app, visit

CATALOG = Path(os.environ.get("PRODSIM_TEST_DATA") or ROOT.parent / "shared" / "data") / "fashion-small.zip"
WORDS = " ".join(f"{letter}{number}" for number in range(80) for letter in "abcdefghijklmnopqrstuvwxy")
LENGTH, MOST = 60_000, 999
"""Characters of an address, and parameters: Streamlit takes no address of more."""
HARM, IDLE, LEFT_AFTER = 1.0, 1.0, 0.5
"""Seconds."""

Pairs = list[tuple[str, str]]


def addresses() -> dict[str, tuple[str, Pairs]]:
    """What is asked for -> the page, and the parameters of its address."""
    return {
        "2,000 words among names": ("catalog", [("find", WORDS)]),
        "2,000 words": ("", [("words", WORDS)]),
        "a word of 60 kB among names": ("catalog", [("find", "x" * LENGTH)]),
        "a product of 60 kB": ("", [("product", "x" * LENGTH)]),
        "a page of 60,000 digits": ("catalog", [("page", "1" * LENGTH)]),
        "999 products": ("", _many("product", str)),
        "999 marks": ("", [("product", "1163"), *_many("more", lambda number: str(1164 + number))]),
        "999 marks of 60 letters": ("", [("product", "1163"), *_many("less", _long)]),
        "999 values of a filter": ("catalog", _many("baseColour", _long)),
        "all values of all filters": ("catalog", _values()),
        "999 parameters": ("", [(_long(number), "1") for number in range(MOST)]),
    }


def _many(name: str, value: Callable[[int], str]) -> Pairs:
    return [(name, value(number)) for number in range(MOST - 1)]


def _values() -> Pairs:
    """Every value that a filter takes, and that it refuses."""
    with ZipFile(CATALOG) as archive:
        table = pd.read_csv(archive.open("styles.csv"), dtype=str, on_bad_lines="skip")
    names = ["gender", "masterCategory", "subCategory", "articleType", "baseColour", "season", "year", "usage"]
    return [(name + other, value) for name in names for value in table[name].dropna().unique() for other in ("", "!")]


def _long(number: int) -> str:
    return f"{number}".rjust(LENGTH // MOST, "x")


async def main(address: str, server: int) -> list[str]:
    """Prints what each costs, and returns the harms."""
    typed = WidgetState(string_value=WORDS)
    ordinary = [("", "words", "red"), ("catalog", "find", "red"), ("", "product", "1163")]
    for page, name, value in (*ordinary, *ordinary):  # at first the catalog and its words are read, and indexed
        _, usual, _ = await _cost(address, server, _place(page, [(name, value)]))
    print(f"{'':44}{'whole page, s':>14}{'processor, s':>14}{'window closed':>14}")
    asked = [(f"{what}, by an address", _place(*where), None) for what, where in addresses().items()]
    print(f"{'an ordinary search':58}{usual:14.1f}")
    harms = []
    for what, place, change in [*asked, ("2,000 words among names, typed", _place("catalog", []), typed)]:
        seconds, used, left = await _cost(address, server, place, change)
        print(f"{what:44}{seconds:14.1f}{used:14.1f}{left:14.1f}", flush=True)
        if max(used, left) > usual + HARM:
            harms.append(f"{what}: {max(used, left):.1f} s of the processor")
    return harms


async def _cost(
    address: str, server: int, place: dict[str, str], change: WidgetState | None = None
) -> tuple[float, float, float]:
    """Seconds until the page at `place` is whole, after `change` in its search field if there is one; those of the
    processor; and those of the processor for one who asks for the same and leaves.
    """
    seconds, used = 0.0, []
    for leaves in (False, True):
        async with visit(address) as socket:
            visitor = Visitor(socket, address)
            visitor.place = dict(place)
            if change:
                await visitor.open()
            start, before = time.perf_counter(), _used(server)
            if leaves:
                await socket.send(_asked(visitor, change))
                await asyncio.sleep(LEFT_AFTER)
            else:
                await (visitor.choose("find", change) if change else visitor.open())
                seconds = time.perf_counter() - start
        await _idle(server)
        used.append(_used(server) - before)
    return seconds, used[0], used[1]


def _asked(visitor: Visitor, change: WidgetState | None) -> bytes:
    asked = BackMsg()
    for name, value in visitor.place.items():
        setattr(asked.rerun_script, name, value)
    if change:
        change.id = visitor.ids["find"]
        asked.rerun_script.widget_states.widgets.append(change)
    return bytes(asked.SerializeToString())


async def _idle(server: int) -> None:
    before = -IDLE
    while (now := _used(server)) - before > IDLE / 10:
        before = now
        await asyncio.sleep(IDLE)


def _used(server: int) -> float:
    """Seconds of the processor that the server has used."""
    fields = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _place(page: str, pairs: Pairs) -> dict[str, str]:
    return {"page_script_hash": "", "page_name": page, "query_string": urlencode(pairs)}


if __name__ == "__main__":
    root = attacked(__doc__)
    with tempfile.TemporaryDirectory() as cache, app(cache, root, PRODSIM_CATALOG=str(CATALOG)) as (address, server):
        end(*asyncio.run(main(address, server)))
