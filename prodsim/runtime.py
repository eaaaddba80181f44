"""Effects on the whole process. Only the edges call them: the command line, the app, the library's face."""

import csv
import ctypes
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import _imaging as core

LONGEST_CELL = 2**31 - 1
LARGE = 64 << 20
"""Bytes of a picture of 16 megapixels."""


def allow_long_cells() -> None:
    """Let `csv` read cells of any length: a long cell is no reason to refuse a table."""
    csv.field_size_limit(LONGEST_CELL)


def give_back_pictures() -> None:
    """Let the memory of a large picture go back to the system with it. Pillow asks for it in one piece from now on,
    which malloc maps alone; of the pieces of 16 MB that are its default, malloc keeps many for later.
    """
    core.set_block_size(LARGE)


def give_back_memory() -> None:
    """Collect garbage, and let what malloc keeps of it go back to the system, where that can be asked for."""
    gc.collect()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


def freeze_garbage() -> None:
    """Collect garbage, and look no more through what is left: Streamlit collects after every run of a page, which takes
    a quarter of a second with TensorFlow's objects.
    """
    gc.collect()
    gc.freeze()


@contextmanager
def muted_stderr() -> Iterator[None]:
    """Nothing that C libraries write to stderr meanwhile is seen. Python's own is lost as well, exceptions are not."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def write_what_can_be_shown() -> None:
    """Let stdout and stderr write an escape for what the terminal cannot show: a name is no reason to stop."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def give_up_stdout() -> None:
    """Write to nowhere from here on, at exit as well: who read our output has read enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
