"""Products as cards: those that are looked over, and those that a search found."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from prodsim.catalog import Product
from prodsim.search import NOTHING_ALIKE, Neighbor, SearchResult, above, readable, which_picture
from prodsim.ui import cards, details, folds, resources, steer, visit
from prodsim.ui.cards import FOLDS, Action, Card, Picture
from prodsim.ui.places import SEARCH, WHY
from prodsim.ui.subject import Subject

EXPLAINED = "result explained"
"""The session's key for the id of the result whose match is explained."""

DETAILS: Action = "details"
NOT_ALIKE = "not alike"

_CHOSEN = "chosen"


def products(items: Sequence[Product], key: str) -> None:
    """Cards that lead to a product's look-alikes, whatever the page, and to its details."""
    cards.show(
        [card(product) for product in items],
        key=key,
        actions=(DETAILS,),
        on_choose=_choose,
        on_act=_press,
        layout="grid",
    )
    action, product_id = visit.now().take_pressed()
    if action == _CHOSEN:
        st.switch_page(SEARCH.script, query_params=_address(product_id))
    for product in items:
        if (action, product.id) == (DETAILS, product_id):
            details.show(product)


def neighbors(result: SearchResult, subject: Subject, *, key: str) -> None:
    """Cards of what was found, best first; from each a visitor searches on, marks it, or asks why it was found."""
    cards.show(
        [_found(result, neighbor) for neighbor in result.neighbors],
        key=key,
        actions=(DETAILS,) if subject.words else ("why", steer.MORE, steer.LESS),
        on_choose=search_on,
        on_act=_act,
        query=Picture(subject.picture, subject.name) if subject.picture else None,
        muted=result.nothing_alike,
    )
    action, product_id = visit.now().take_pressed()
    if action == FOLDS and product_id in result.folds:
        folds.show(result, product_id)
    if action == DETAILS and product_id in result.catalog.rows:
        details.show(result.catalog.product(product_id))


def card(product: Product, rank: int | None = None, badge: str = "", image: Path | None = None) -> Card:
    """A card that leads to the product's look-alikes, with this one of its pictures, or the main one."""
    which = which_picture(product, image or product.image)
    return Card(
        product.id,
        product.name,
        _href(product.id),
        resources.picture(image or product.image),
        badge,
        rank=rank,
        details=(("Picture", which),) if which else (),
        which=which,
        link=product.link,
    )


def search_on(product_id: str) -> None:
    """Make this product the query."""
    here = visit.now()
    here.ask(here.asked.about(product=product_id))


def _found(result: SearchResult, neighbor: Neighbor) -> Card:
    product, known = result.catalog.product(neighbor.product_id), result.calibration
    word = known.word(neighbor.similarity) if known else ""
    alike = result.familiar and word != NOTHING_ALIKE
    facts = [("Similarity", readable(neighbor.similarity))]
    if known:
        facts.append(("Unusual", above(known.percentile(neighbor.similarity))))
    marks = result.request.marks
    shown = card(product, neighbor.rank, word if alike else NOT_ALIKE, neighbor.image)
    return replace(
        shown,
        score=neighbor.score,
        folded=len(result.folds.get(product.id, ())),
        details=(*facts, *shown.details),
        marked=steer.MORE if product.id in marks.more else steer.LESS if product.id in marks.less else "",
    )


def _act(action: str, product_id: str) -> None:
    if action == steer.MORE or action == steer.LESS:
        steer.mark(action, product_id)
    elif action == WHY:
        st.session_state[EXPLAINED] = product_id
        visit.now().open(SEARCH, WHY)
    else:
        _press(action, product_id)


def _choose(product_id: str) -> None:
    _press(_CHOSEN, product_id)


def _press(action: str, product_id: str) -> None:
    visit.now().pressed = action, product_id


def _address(product_id: str) -> dict[str, list[str]]:
    here = visit.now()
    return here.link(SEARCH, asked=here.asked.about(product=product_id), tab=SEARCH.first_tab)


def _href(product_id: str) -> str:
    """From any place: they all lie beside each other."""
    return f"./?{urlencode(_address(product_id), doseq=True)}"
