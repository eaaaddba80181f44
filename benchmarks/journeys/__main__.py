"""Go on the journeys, each on an app of its own, and print what they took."""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from benchmarks.journeys import __doc__ as description
from benchmarks.journeys import gifts, steps
from benchmarks.journeys.record import Journey, Stage, median
from benchmarks.journeys.serving import ROOT, App, index, serve
from benchmarks.journeys.table import journeys_table, stages_table
from benchmarks.journeys.visitor import DESK, PHONE, GaveUp, Visitor

DATA = Path(os.environ.get("PRODSIM_TEST_DATA") or ROOT.parent / "shared" / "data")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PIXEL = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)
"""What a phone calls itself."""
Walk = Callable[[Visitor], None]


@dataclass(frozen=True)
class Plan:
    """`started`: from the start of the app on; else somebody was there before. `settings`: environment variables."""

    name: str
    walk: Walk
    started: bool = False
    phone: bool = False
    times: int = 1
    settings: dict[str, str] = field(default_factory=dict)


def main() -> None:
    """Print a line for each journey and one for each stage."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks.journeys", description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    catalog = DATA / "fashion-small.zip"
    parser.add_argument("catalog", nargs="?", type=Path, default=catalog, help=f"the large one [{catalog}]")
    parser.add_argument("--times", type=int, default=5, help="cold starts, of which the median is printed [5]")
    parser.add_argument("--shots", type=Path, help="folder for screenshots [a temporary one]")
    parser.add_argument("--only", metavar="NAME", help="this journey alone")
    given = parser.parse_args()
    shots = given.shots or Path(tempfile.mkdtemp(prefix="journeys-"))
    shots.mkdir(parents=True, exist_ok=True)
    print(
        f"Screenshots: {shots}\nLoad before the first: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n", flush=True
    )

    made = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        every = plans(Path(name), given.catalog, given.times)
        chosen = [plan for plan in every if given.only in (None, plan.name)]
        if not chosen:
            parser.error(f"--only {given.only}: it is one of {', '.join(plan.name for plan in every)}.")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for plan in chosen:
            if "PRODSIM_CATALOG" in plan.settings and not given.catalog.is_file():
                made.append(Journey(plan.name, lost=[f"skipped: there is no {given.catalog}"]))
                continue
            made.append(median([go(plan, browser, shots) for _ in range(plan.times)]))
            print(f"{plan.name}: done, load {os.getloadavg()[0]:.1f}", flush=True)
        browser.close()
    print(f"\n{journeys_table(made)}\n\n{stages_table(made)}")


def plans(folder: Path, catalog: Path, times: int) -> list[Plan]:
    """All journeys; what a visitor brings along is put into `folder`."""
    photo = partial(steps.photo, file=gifts.phone_photo(DATA, folder))
    own = partial(steps.own_catalog, file=gifts.own_catalog(folder))
    large = {"PRODSIM_CATALOG": str(catalog.absolute()), "PRODSIM_ENCODER": "mini"}
    return [
        Plan("cold", steps.first_results, started=True, times=times),
        Plan("demo", steps.demo),
        Plan("photo", photo),
        Plan("own", own),
        Plan("phone", photo, phone=True),
        Plan("large", steps.large_catalog, started=True, settings=large),
    ]


def go(plan: Plan, browser: Browser, shots: Path) -> Journey:
    """One journey, on an app with an empty home folder; a large catalog is indexed before it starts."""
    journey = Journey(plan.name)
    with tempfile.TemporaryDirectory() as name:
        if plan.settings:
            index(Path(name), **plan.settings)
        started = time.perf_counter()
        with serve(Path(name), **plan.settings) as app:
            if plan.started:
                journey.stages.append(Stage("app answers", time.perf_counter() - started, work=app.work()))
            else:
                walk(partial(steps.first_results, hurried=False), app, browser, Journey("before"))
            walk(plan.walk, app, browser, journey, shots, phone=plan.phone)
    return journey


def walk(
    way: Walk, app: App, browser: Browser, journey: Journey, shots: Path | None = None, *, phone: bool = False
) -> None:
    """Let a visitor with a fresh browser go this way, as far as it leads."""
    width, height = PHONE if phone else DESK
    context = browser.new_context(
        bypass_csp=True,  # the visitor waits by expressions, which the policy forbids
        viewport={"width": width, "height": height},
        has_touch=phone,
        is_mobile=phone,
        user_agent=PIXEL if phone else None,
    )
    try:
        way(Visitor(context, app, journey, shots, touch=phone))
    except (GaveUp, Error) as error:
        journey.lost.append(str(error).splitlines()[0])
    finally:
        context.close()


if __name__ == "__main__":
    main()
