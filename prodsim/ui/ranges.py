"""A range of numbers on a slider: its scale, where its ends stand, and what filters come of moving them."""

import math
from dataclasses import dataclass

from prodsim.catalog import BOUNDS, Catalog, Filters, at_least, at_most, number_range, written

STEPS = 100
"""At least so many places on a slider; ten times as many at most, about one a pixel."""

Ends = tuple[float, float]


@dataclass(frozen=True)
class Scale:
    """From `least` to `largest`, which are whole steps, by `step`: whole numbers, or all with `decimals`."""

    least: float
    largest: float
    step: float
    decimals: int

    @classmethod
    def of(cls, catalog: Catalog, attribute: str) -> "Scale":
        """Of an attribute that is ranged."""
        least, largest = number_range(catalog, attribute)
        power = math.floor(math.log10((largest - least) / STEPS))
        if catalog.column(attribute).whole:
            power = max(power, 0)
        step, decimals = 10.0**power, max(0, -power)
        first, last = math.floor(least / step) * step, math.ceil(largest / step) * step
        if decimals:
            return cls(round(first, decimals), round(last, decimals), step, decimals)
        return cls(int(first), int(last), int(step), 0)

    def shown(self, filters: Filters, catalog: Catalog, attribute: str) -> Ends:
        """Where the ends stand, given the filters."""
        number = catalog.column(attribute).bound
        bounds = {sign: [*map(number, filters.get(f"{attribute}{sign}", ()))] for sign in BOUNDS}
        low = max([self.least, *bounds[">="], *bounds[">"]])
        high = min([self.largest, *bounds["<="], *bounds["<"]])
        first, last = sorted(self._placed(end) for end in (low, high))
        return first, last

    def moved(self, filters: Filters, attribute: str, before: Ends, after: Ends) -> Filters:
        """The filters after the ends were moved. One that was not keeps its bounds; at the end of the scale is none."""
        changed = dict(filters)
        for place, name, end in ((0, at_least(attribute), self.least), (1, at_most(attribute), self.largest)):
            if after[place] != before[place]:
                strict = name.removesuffix("=")
                changed = {other: values for other, values in changed.items() if other not in (name, strict)}
                if after[place] != end:
                    changed[name] = [written(round(float(after[place]), self.decimals))]
        return changed

    def _placed(self, number: float) -> float:
        within = min(max(number, self.least), self.largest)
        return round(within, self.decimals) if self.decimals else round(within)


def without(filters: Filters, attribute: str) -> Filters:
    """The filters without bounds of an attribute."""
    bounds = {f"{attribute}{sign}" for sign in BOUNDS}
    return {name: values for name, values in filters.items() if name not in bounds}
