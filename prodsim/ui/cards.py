"""Products as cards: a component of our own, for whole cards that are links and pictures that can be enlarged.

`cards.html`, `cards.css` and `cards.js` beside this file draw what is handed to them here. An address is for a new tab
or to be copied; a plain click is told to Python, so that the visit goes on.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, Literal, get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from prodsim.catalog import web_link
from prodsim.ui.device import is_phone
from prodsim.ui.text import one_line, plain

Layout = Literal["results", "grid"]
"""Of results, with what is found about them, five in a row; or of a catalog, as many as there is room for."""
Action = Literal["why", "more", "less", "details"]
FOLDS = "folds"
"""The action of the button that says how many near-identical products a card stands for."""

_CHOOSE, _ACT = "choose", "act"
_LABELS: dict[Layout, str] = {"results": "Results", "grid": "Products"}
_WIDE, _NARROW = 5, 2
"""Cards in a row on a desk and on a phone."""
_HEIGHTS: dict[Layout, tuple[int, int]] = {"results": (326, 244), "grid": (266, 216)}
"""Pixels of a card's height on a desk and on a phone, without its icons."""
_ICONS = (36, 48)
_GAPS = (24, 16)


def _part(suffix: str) -> str:
    return Path(__file__).with_suffix(suffix).read_text("utf-8")


_mount = st.components.v2.component("cards", html=_part(".html"), css=_part(".css"), js=_part(".js"))


@dataclass(frozen=True)
class Picture:
    """A picture with its name, as the query of the cards."""

    content: bytes
    name: str


@dataclass(frozen=True)
class Card:
    """What a card shows of a product. Texts are shown letter for letter.

    `href` is relative to the page; `picture` a JPEG, None if it cannot be shown; `which` says which of the product's it
    is, as "2 of 3"; `details` are labels and values for who enlarges the picture; `marked` says which of the two
    buttons is pressed; `link` is the address of the product's page in its shop.
    """

    id: str
    name: str
    href: str
    picture: bytes | None
    badge: str = ""
    score: float | None = None
    rank: int | None = None
    folded: int = 0
    details: tuple[tuple[str, str], ...] = ()
    marked: Literal["", "more", "less"] = ""
    which: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        if not self.href.startswith(("?", "./", "../")):
            raise ValueError(f"The address of a card must be relative to the page: {self.href}")
        if self.link != web_link(self.link):
            raise ValueError(f"The page in a shop must be a whole address of the web: {self.link[:200]!r}")


def show(
    cards: Sequence[Card],
    *,
    key: str,
    on_choose: Callable[[str], None],
    on_act: Callable[[str, str], None] | None = None,
    actions: Sequence[Action] = (),
    query: Picture | None = None,
    muted: bool = False,
    layout: Layout = "results",
) -> None:
    """Draw the cards. `on_choose` gets the id of a card that is followed, `on_act` an action and an id.

    A card with `folded` products has a button for the action `FOLDS` besides those of `actions`. `muted` is for
    results of which none is alike: their scores are gray.
    """
    ids = {card.id for card in cards}
    allowed = {*actions, FOLDS}

    def told(event: str) -> Any:
        return st.session_state.get(key, {}).get(event)  # it is gone if the visitor went to another place meanwhile

    def chosen() -> None:
        if (id_ := told(_CHOOSE)) in ids:
            on_choose(id_)

    def acted() -> None:
        action, id_ = told(_ACT) or ("", "")
        if on_act and action in allowed and id_ in ids:
            on_act(action, id_)

    data = {
        "actions": [action for action in get_args(Action) if action in actions],
        "cards": [_drawn(card) for card in cards],
        "label": _LABELS[layout],
        "layout": layout,
        "muted": muted,
        "query": query and {"name": one_line(query.name), "picture": _address(query.content)},
        "status": "",
        "waiting": False,
    }
    height = _height(len(cards), layout, bool(actions))
    _mount(key=key, data=data, height=height, on_choose_change=chosen, on_act_change=acted)


def skeleton(number: int, *, key: str, layout: Layout = "results", icons: bool = True) -> DeltaGenerator:
    """The place to `show` cards in with the same key: `number` gray ones of their size are there until then.

    On later runs what was shown stays there meanwhile, and with it the focus. `icons` says whether there are actions.
    """
    place = st.container()
    if key in st.session_state:
        return place
    place = place.empty()
    data = {
        "actions": [],
        "cards": [{"id": str(number)} for number in range(number)],
        "label": _LABELS[layout],
        "layout": layout,
        "muted": False,
        "query": None,
        "status": "Loading …",
        "waiting": True,
    }
    with place:
        _mount(key=f"{key}, waiting", data=data, height=_height(number, layout, icons))
    return place


def _drawn(card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "name": one_line(card.name),
        "called": plain(card.name),
        "href": card.href,
        "picture": None if card.picture is None else _address(card.picture),
        "badge": card.badge,
        "score": "" if card.score is None else f"{card.score:.2f}",
        "rank": card.rank,
        "folded": card.folded,
        "details": [(plain(label), plain(value)) for label, value in card.details],
        "marked": card.marked,
        "which": card.which,
        "link": card.link,
    }


def _address(picture: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(picture).decode()}"


def _height(number: int, layout: Layout, icons: bool) -> int:
    phone = is_phone()
    rows = max(1, ceil(number / (_NARROW if phone else _WIDE)))
    card = _HEIGHTS[layout][phone] + (_ICONS[phone] if icons else 0)
    return rows * card + (rows - 1) * _GAPS[phone]
