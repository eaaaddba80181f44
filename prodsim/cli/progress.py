"""Progress on stderr: bars on a terminal; elsewhere a line now and then, and nothing for what is quick."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from prodsim import catalog, evaluation, index
from prodsim.cli import console
from prodsim.encoders import OnProgress

LOG_SECONDS = 10
"""How often there is a line where no bar can be drawn."""
BAR_WIDTH = 20
"""Leaves room for the counts at 80 columns."""


@contextmanager
def download_bar(title: str) -> Iterator[OnProgress]:
    """A bar of bytes; gives the callback that moves it."""
    columns = (BarColumn(BAR_WIDTH), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with _bar(console.stderr(), *columns) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def index_bar(encoder: str) -> Iterator[Callable[[index.Progress], None]]:
    """A bar of products: done, total, rate and time left; gives the function that moves it."""
    screen = console.stderr()
    speak = _now_and_then(screen)
    started = False
    with _bar(screen, BarColumn(BAR_WIDTH), _label("counts")) as bar:
        task = bar.add_task("Reading pictures", total=None, counts="")

        def show(progress: index.Progress) -> None:
            nonlocal started
            stage = _stage(progress, encoder) if started else "Reading pictures"
            settled = progress.done + len(progress.skipped)
            bar.update(task, description=stage, completed=settled, total=progress.total, counts=_counts(progress))
            started = True
            speak(f"{stage}: {_counts(progress)}")

        yield show


@contextmanager
def fetch_bar() -> Iterator[Callable[[catalog.Fetched], None]]:
    """A bar of pictures that are fetched; gives the function that moves it."""
    screen = console.stderr()
    speak = _now_and_then(screen)
    with _bar(screen, BarColumn(BAR_WIDTH), _label("counts")) as bar:
        task = bar.add_task("Fetching pictures", total=None, counts="")

        def show(progress: catalog.Fetched) -> None:
            stage = "Waiting for another fetch" if progress.waiting else "Fetching pictures"
            settled = progress.done + len(progress.failures)
            counts = _with_rate(settled, progress.total, progress.rate)
            if progress.failures:
                counts = f"{counts}, {len(progress.failures):,} failed"
            bar.update(task, description=stage, completed=settled, total=progress.total, counts=counts)
            speak(f"{stage}: {counts}")

        yield show


@contextmanager
def query_bar() -> Iterator[Callable[[evaluation.Progress], None]]:
    """A bar of queries that are answered; gives the function that moves it."""
    screen = console.stderr()
    speak = _now_and_then(screen)
    with _bar(screen, BarColumn(BAR_WIDTH), _label("counts")) as bar:
        task = bar.add_task("Evaluating", total=None, counts="")

        def show(progress: evaluation.Progress) -> None:
            counts = f"{progress.done:,} of {progress.total:,}"
            bar.update(task, completed=progress.done, total=progress.total, counts=counts)
            speak(f"Evaluating: {counts}")

        yield show


def _now_and_then(screen: Console) -> Callable[[str], None]:
    """Says a line every LOG_SECONDS where no bar can be drawn, and else nothing."""
    spoken = time.monotonic()

    def speak(text: str) -> None:
        nonlocal spoken
        if not screen.is_interactive and time.monotonic() - spoken >= LOG_SECONDS:
            spoken = time.monotonic()
            console.note(text)

    return speak


def _bar(screen: Console, *columns: ProgressColumn) -> Progress:
    drawn = screen.is_interactive  # elsewhere Rich would leave an empty line
    return Progress(_label(), *columns, console=screen, transient=True, disable=not drawn)


def _label(field: str = "") -> TextColumn:
    return TextColumn(f"{{task.fields[{field}]}}" if field else "{task.description}", markup=False)


def _stage(progress: index.Progress, encoder: str) -> str:
    if progress.waiting:
        return "Waiting for another indexer"
    if progress.rate or progress.done + len(progress.skipped) == progress.total:
        return f"Indexing with {encoder}"
    return f"Loading {encoder}"


def _counts(progress: index.Progress) -> str:
    """Such as "320 of 40,042, 210/s, 3:09 left"."""
    return _with_rate(progress.done + len(progress.skipped), progress.total, progress.rate)


def _with_rate(settled: int, total: int, rate: float) -> str:
    text = f"{settled:,} of {total:,}"
    if not rate:
        return text
    minutes, seconds = divmod(round((total - settled) / rate), 60)
    return f"{text}, {rate:,.0f}/s, {minutes}:{seconds:02} left"
