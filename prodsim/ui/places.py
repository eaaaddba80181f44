"""The four places of the app, in the order of the menu."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """A page: its script, its name, and its tabs, as an address calls them -> as the page does. The first one opens
    where an address names none.
    """

    script: str
    title: str
    tabs: Mapping[str, str] = field(default_factory=dict)

    @property
    def first_tab(self) -> str:
        """As an address calls it; empty if there are no tabs."""
        return next(iter(self.tabs), "")


RESULTS, WHY, COMPARE, STEPS = "results", "why", "compare", "steps"
BROWSE, STATISTICS = "browse", "statistics"

SEARCH = Place("app.py", "Search", {RESULTS: "Results", WHY: "Why", COMPARE: "Compare", STEPS: "Step by step"})
CATALOG = Place("pages/catalog.py", "Catalog", {BROWSE: "Browse", STATISTICS: "Statistics"})
QUALITY = Place("pages/quality.py", "Quality")
CATALOGS = Place("pages/catalogs.py", "Catalogs")

PLACES = (SEARCH, CATALOG, QUALITY, CATALOGS)
