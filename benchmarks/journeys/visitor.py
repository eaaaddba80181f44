"""A visitor in a real browser: what they do is counted, what they wait for is timed. Knows Streamlit, but no page."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Locator, TimeoutError

from benchmarks.journeys.record import Begin, Journey, Stage, worst_window
from benchmarks.journeys.serving import App

PATIENCE = 180
"""Seconds after which a visitor gives up."""
QUIET = 1.0
"""Seconds without any change after which a page is idle."""
DESK, PHONE = (1440, 900), (390, 844)


class GaveUp(Exception):
    """The journey ends here; it says why."""


class Visitor:
    """Goes on a journey and keeps its record. `shots`: the folder for screenshots, None for none."""

    def __init__(
        self, context: BrowserContext, app: App, journey: Journey, shots: Path | None = None, *, touch: bool = False
    ):
        self.page = context.new_page()
        self.page.add_init_script(path=Path(__file__).with_name("watch.js"))
        self.page.set_default_timeout(PATIENCE * 1000)
        self.app, self.journey, self._shots, self.touch = app, journey, shots, touch
        self._stage, self._shot = Stage("before the first"), 0

    def open(self) -> None:
        """Go to the app's address, which is not counted: every journey begins so."""
        self.page.goto(self.app.address, wait_until="commit")

    def click(self, target: Locator, *, drawn: bool = False) -> None:
        """Click or tap. `drawn`: it lies in a figure, below the layer that takes its clicks."""
        self._stage.clicks += 1
        target.scroll_into_view_if_needed()
        self.page.evaluate("visit.scrolled()")  # a list that opens while something scrolls is closed again
        if drawn:
            target.hover(force=True)
        target.tap() if self.touch else target.click(force=drawn)

    def enter(self, target: Locator, words: str) -> None:
        """Type something and press Enter: two."""
        self._stage.clicks += 2
        target.fill(words)
        target.press("Enter")

    def press(self, key: str) -> None:
        """Press a key: one."""
        self._stage.clicks += 1
        self.page.keyboard.press(key)

    def give(self, target: Locator, file: Path) -> None:
        """Click what asks for a file and choose one: two."""
        with self.page.expect_file_chooser() as chooser:
            self.click(target)
        self._stage.clicks += 1
        chooser.value.set_files(file)

    def download(self, target: Locator) -> str:
        """Click what offers a file; its text."""
        with self.page.expect_download() as download:
            self.click(target)
        return Path(download.value.path()).read_text(encoding="utf-8")

    def see(self, css: str, words: str = "", number: int = 1) -> None:
        """Wait until the page has `number` of these with `words` in them."""
        self._wait("visit.has", {"css": css, "words": words, "number": number})

    def see_pictures(self, css: str, number: int = 1, *, again: bool = False) -> None:
        """Wait until `number` of these have a loaded picture; `again`: drawn anew since the last click."""
        self._wait("visit.hasPictures", {"css": css, "number": number, "again": again})

    def has(self, css: str, words: str = "") -> bool:
        """Whether the idle page has one of these with `words` in it."""
        self._come_to_rest()
        return bool(self.page.evaluate("visit.has", {"css": css, "words": words, "number": 1}))

    def lost(self, what: str) -> None:
        """Record that something which was there is gone."""
        self.journey.lost.append(what)

    @contextmanager
    def stage(self, name: str, *, hurried: bool = False, rerun: bool = False) -> Iterator[None]:
        """Time what is done inside until it ends, then wait until the page is idle and note the rest.

        `hurried`: the next stage begins at once, and nothing else is noted. `rerun`: the page stays the same one, and
        how long its script ran is noted.
        """
        stage = self._stage = Stage(name)
        self.journey.stages.append(stage)
        started, worked = time.perf_counter(), self.app.work()
        try:
            yield
        except Error as error:
            self._shoot(name)
            raise GaveUp(f"gave up at {name}: {error.message.splitlines()[0]}") from error
        finally:
            stage.seconds = time.perf_counter() - started
            stage.work = self.app.work() - worked
        if hurried:
            return
        try:
            stage.idle = max(0.0, self._come_to_rest() - started)
        except TimeoutError:
            self.lost(f"{name} is never idle")
        stage.work = self.app.work() - worked
        stage.shift = worst_window(self.page.evaluate("visit.takeShifts()"))
        stage.rerun = self.page.evaluate("(visit.ended - visit.input) / 1000") if rerun else None
        self._shoot(name)

    def where_begin(self, css: str) -> None:
        """Note where these pictures begin on a desk and on a phone, then go back to the screen that the visitor has."""
        mine = self.page.viewport_size
        for width, height in (DESK, PHONE):
            self.page.set_viewport_size({"width": width, "height": height})
            self._come_to_rest()
            found = self.page.evaluate("visit.whereBegin", css)
            self.journey.begins[width, height] = Begin(round(found["y"]), found["whole"], found["all"])
            self._shoot(f"{self._stage.name} {width}x{height}")
        if mine:
            self.page.set_viewport_size(mine)
        self._come_to_rest()
        self.page.evaluate("visit.takeShifts()")

    def _wait(self, function: str, about: object) -> None:
        self.page.wait_for_function(f"about => window.visit && {function}(about)", arg=about)

    def _come_to_rest(self) -> float:
        """Wait until no script runs and nothing has changed for a while; when the last change was."""
        resting = f"visit.state() === 'notRunning' && performance.now() - visit.changed > {QUIET * 1000}"
        self.page.wait_for_function(f"window.visit && {resting}")
        return time.perf_counter() - float(self.page.evaluate("performance.now() - visit.changed")) / 1000

    def _shoot(self, name: str) -> None:
        if self._shots:
            self._shot += 1
            file = f"{self.journey.name}-{self._shot:02}-{name}.png".replace(" ", "-")
            self.page.screenshot(path=self._shots / file)
