"""The visit: what a visitor has chosen, in the session and apart from any widget, and the address that says it.

The address is read when it is another than was written last: a link, the back button. Else the session is right, and it
is as well when something was touched meanwhile: a visitor quicker than the last answer sends the address from before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from prodsim.catalog import Catalog, Filters, Library
from prodsim.config import Settings
from prodsim.ui import address, models
from prodsim.ui.address import Address, Reader
from prodsim.ui.chosen import Asked, Browsing, Method
from prodsim.ui.places import CATALOG, SEARCH, STATISTICS, Place

LONGEST_TRAIL = 50

_VISIT = "visit"


@dataclass
class Visit:
    """What is chosen now. `wanted`: the encoder that was asked for, which is not at hand if `method` has another one;
    `trail`: the queries before this one, the last one last; `pressed`: an action and a product's id, which were pressed
    on a card and are answered when the cards of this place are drawn.
    """

    catalog: str = ""
    method: Method = field(default_factory=Method)
    asked: Asked = field(default_factory=Asked)
    browsing: Browsing = field(default_factory=Browsing)
    tabs: Mapping[str, str] = field(default_factory=dict)
    wanted: str = ""
    trail: tuple[Asked, ...] = ()
    pressed: tuple[str, str] = ("", "")
    _place: str = ""
    _drawn: str = ""
    _to_read: bool = True
    _touched: bool = False
    _written: tuple[Address, tuple[Any, ...]] = ({}, ())

    @property
    def choices(self) -> tuple[Any, ...]:
        """All that an address can say."""
        return self.catalog, self.method, self.asked, self.browsing, self.tabs

    @property
    def arriving(self) -> bool:
        """Whether the place was not drawn as a whole yet: its widgets are new to the browser."""
        return self._place != self._drawn

    def begin(self, place: Place, settings: Settings) -> list[str]:
        """Decide whether the address is read, and read of it what every place has. Sentences on what is wrong."""
        arrived, (written, choices) = place.script != self._place, self._written
        touched = self._touched or any(self.pressed) or self.choices != choices
        self._touched = False
        self._to_read = (_address() != written and (arrived or not touched)) or not choices
        self._place = place.script
        if arrived:
            self.take_pressed()  # too late
        library = Library(settings)
        names = library.names()
        if self.catalog not in names:  # deleted meanwhile: what is shown of it is as well
            self._to_read = True
        if not self._to_read:
            return []
        reader = Reader(_address())
        name = reader.catalog(names, library.default)
        if name != self.catalog:
            self.turn_to(name)
        before, self.method = self.method.encoder, reader.method(models.beginning(settings))
        if self.method.encoder != before:  # else it may stand in for the one that is wanted
            self.search_by(self.method.encoder, settings)
        return reader.problems

    def read(self, place: Place, catalog: Catalog) -> list[str]:
        """The same for what this place shows of this catalog. What the catalog has no more is left out and said."""
        reader = Reader(_address() if self._to_read else self._looked_at(place))
        if place is SEARCH:
            self.asked = reader.asked(catalog)
        elif place is CATALOG:
            self.browsing = reader.browsing(catalog)
        reader.say_unknown(catalog)
        if self._to_read:
            self.open(place, reader.tab(place))
            self._remember(_address())  # it is read, even if a visitor's next step comes before it is written anew
        return reader.problems

    def write(self, place: Place) -> None:
        """Put what is shown into the address; the page was drawn as a whole."""
        shown = self._address_of(place)
        if shown != _address() or self._to_read:  # where it was read, the browser may have lost it since
            st.query_params.from_dict(shown)
        self._remember(shown)
        self._drawn = place.script

    def link(
        self,
        place: Place,
        *,
        asked: Asked | None = None,
        browsing: Browsing | None = None,
        tab: str | None = None,
        catalog: str | None = None,
    ) -> dict[str, list[str]]:
        """The address of a place with what is chosen now, but for what is named here. Another catalog has no query."""
        other = replace(self, asked=asked or self.asked, browsing=browsing or self.browsing)
        if catalog is not None and catalog != self.catalog:
            other.turn_to(catalog)
        if tab is not None:
            other.tabs = {**self.tabs, place.script: tab}
        return other._address_of(place)

    def ask(self, asked: Asked) -> None:
        """Make this the query, show its results, and remember the one before."""
        if self.asked.given and self.asked != asked:
            self.trail = (*self.trail, self.asked)[-LONGEST_TRAIL:]
        self.asked = asked
        self.open(SEARCH, SEARCH.first_tab)

    def search_by(self, encoder: str, settings: Settings) -> None:
        """Search by this encoder, or by what is at hand instead."""
        self.wanted = encoder
        self.method = replace(self.method, encoder=models.at_hand(encoder, settings).spec.name)

    def go_back(self) -> None:
        """To the query before; a visitor who is quicker than the page may go back once too often."""
        if self.trail:
            *before, self.asked = self.trail
            self.trail = tuple(before)

    def turn_to(self, catalog: str) -> None:
        """The catalog of this name, searched as now; what was asked and looked over belongs to the one before."""
        self.catalog, self.asked, self.browsing, self.trail = catalog, Asked(), Browsing(), ()

    def touch(self) -> None:
        """Called when anything is opened, closed or set that no address says: it is not the back button."""
        self._touched = True

    def take_pressed(self) -> tuple[str, str]:
        """What was pressed, once; nothing is nameless."""
        pressed, self.pressed = self.pressed, ("", "")
        return pressed

    def tab(self, place: Place) -> str:
        """The one that is open, as an address calls it."""
        return self.tabs.get(place.script, place.first_tab)

    def open(self, place: Place, tab: str) -> None:
        """Open this tab of a place."""
        self.tabs = {**self.tabs, place.script: tab}

    def search_among(self, filters: Filters) -> None:
        """Search among the products that pass."""
        self.asked = replace(self.asked, filters=filters)

    def browse(self, **changed: Any) -> None:
        """Look over something else of the catalog, from its first page on."""
        self.browsing = replace(self.browsing, **{"page": 1, **changed})

    def _address_of(self, place: Place) -> dict[str, list[str]]:
        what = self._looked_at(place)
        if self.tab(place) == STATISTICS:
            what = address.of_browsing(Browsing(filters=self.browsing.filters))
        return address.of_method(self.catalog, self.method) | what | address.of_tab(place, self.tab(place))

    def _looked_at(self, place: Place) -> dict[str, list[str]]:
        if place is SEARCH:
            return address.of_asked(self.asked)
        return address.of_browsing(self.browsing) if place is CATALOG else {}

    def _remember(self, shown: Address) -> None:
        self._written = shown, self.choices


def now() -> Visit:
    """The visit of this session."""
    visit: Visit = st.session_state.setdefault(_VISIT, Visit())
    return visit


def mirror(key: str, value: object) -> None:
    """Let the widget under this key, which is drawn next, show this value.

    It is sent to the browser if the widget has another one, or is new to it: Streamlit forgets the value of a widget
    that another page did not draw. Else not, as it would overtake a choice that is on its way.
    """
    if key not in st.session_state or st.session_state[key] != value or now().arriving:
        st.session_state[key] = value


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}
