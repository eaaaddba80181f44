"""What is known of a journey when it is over."""

import statistics
from dataclasses import dataclass, field

WINDOW, GAP = 5000.0, 1000.0
"""Milliseconds: the longest that a window of layout shifts may be, and the pause that ends one."""


@dataclass
class Stage:
    """One step on the way: `seconds` until what was wanted is in sight, `idle` until nothing changes any more.

    `work`: processor seconds of the app until then, which hardly depend on what else the machine does. `rerun`: seconds
    from the last input until the script has run. `shift`: cumulative layout shift until idle. None: not measured.
    """

    name: str
    seconds: float = 0.0
    clicks: int = 0
    work: float = 0.0
    idle: float | None = None
    rerun: float | None = None
    shift: float | None = None


@dataclass(frozen=True)
class Begin:
    """The pixel row of the unscrolled page where the first result picture begins, and how many are `whole` in view."""

    y: int
    whole: int
    of: int


@dataclass
class Journey:
    """`lost`: what the app lost of a visitor's, and where the journey ended if it did; `begins`: by (width, height)."""

    name: str
    stages: list[Stage] = field(default_factory=list)
    begins: dict[tuple[int, int], Begin] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """All that was waited for; what a visitor needs to look and to think is not in it."""
        return sum(stage.seconds for stage in self.stages)

    @property
    def work(self) -> float:
        """The app's processor seconds."""
        return sum(stage.work for stage in self.stages)

    @property
    def clicks(self) -> int:
        """Clicks, keys and typed entries."""
        return sum(stage.clicks for stage in self.stages)


def median(journeys: list[Journey]) -> Journey:
    """A journey made several times: the one that went farthest, with the medians of each stage, and all that was lost.

    A stage that was not reached each time has the median of the times when it was.
    """
    farthest = max(journeys, key=lambda journey: len(journey.stages))
    for place, stage in enumerate(farthest.stages):
        same = [journey.stages[place] for journey in journeys if place < len(journey.stages)]
        for name in ("seconds", "work", "idle", "rerun", "shift"):
            values = [getattr(one, name) for one in same if getattr(one, name) is not None]
            setattr(stage, name, statistics.median(values) if values else None)
    farthest.lost = [*dict.fromkeys(lost for journey in journeys for lost in journey.lost)]
    return farthest


def worst_window(shifts: list[tuple[float, float]]) -> float:
    """Cumulative layout shift as Chrome defines it, of (milliseconds, value) in their order: the largest sum in a
    window of at most five seconds without a pause of a second.
    """
    worst = total = first = last = 0.0
    for when, value in shifts:
        if not total or when - last >= GAP or when - first >= WINDOW:
            total, first = 0.0, when
        total, last = total + value, when
        worst = max(worst, total)
    return worst
