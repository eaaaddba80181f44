"""The journeys as tables in Markdown: a line for each journey, then one for each stage."""

from collections.abc import Sequence

from benchmarks.journeys.record import Journey, Stage
from benchmarks.journeys.visitor import DESK, PHONE

NOTHING = "-"


def journeys_table(journeys: Sequence[Journey]) -> str:
    """A line for each journey; of what is measured for each stage the worst, and every rerun."""
    sizes = [f"first picture at {width}x{height}" for width, height in (DESK, PHONE)]
    rows = [["journey", "clicks", "seconds", "work", "longest until idle", "reruns", "worst shift", *sizes, "lost"]]
    for journey in journeys:
        stages = journey.stages
        reruns = [f"{stage.name} {stage.rerun:.2f}" for stage in stages if stage.rerun is not None]
        rows.append(
            [
                journey.name,
                str(journey.clicks),
                f"{journey.seconds:.1f}",
                f"{journey.work:.1f}",
                _worst({stage.name: stage.idle for stage in stages}, ".1f"),
                ", ".join(reruns) or NOTHING,
                _worst({stage.name: stage.shift for stage in stages}, ".3f"),
                *(_begin(journey, size) for size in (DESK, PHONE)),
                ", ".join(journey.lost) or NOTHING,
            ]
        )
    return _table(rows)


def stages_table(journeys: Sequence[Journey]) -> str:
    """A line for each stage of each journey."""
    rows = [["journey", "stage", "clicks", "seconds", "work", "until idle", "rerun", "shift"]]
    rows += [[journey.name, *_cells(stage)] for journey in journeys for stage in journey.stages]
    return _table(rows)


def _cells(stage: Stage) -> list[str]:
    measured = _number(stage.idle, ".2f"), _number(stage.rerun, ".2f"), _number(stage.shift, ".3f")
    return [stage.name, str(stage.clicks), f"{stage.seconds:.2f}", f"{stage.work:.2f}", *measured]


def _worst(values: dict[str, float | None], form: str) -> str:
    known = {name: value for name, value in values.items() if value is not None}
    name = max(known, key=known.__getitem__, default="")
    return f"{known[name]:{form}} {name}" if known else NOTHING


def _begin(journey: Journey, size: tuple[int, int]) -> str:
    begin = journey.begins.get(size)
    return f"y {begin.y}, {begin.whole} of {begin.of} whole" if begin else NOTHING


def _number(value: float | None, form: str) -> str:
    return NOTHING if value is None else f"{value:{form}}"


def _table(rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])
