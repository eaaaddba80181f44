"""The query: a product of the catalog, found by name or id, photos of one item, or words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from prodsim.catalog import Catalog, Product
from prodsim.encoders import EncoderSpec
from prodsim.search import NO_MARKS, Marks, Photo, PhotosQuery, ProductQuery, Query, WordsQuery
from prodsim.ui import grid, photo, resources, state, trail
from prodsim.ui.text import literal, plain
from prodsim.ui.ways import FROM_CATALOG, IN_WORDS, PICTURES, SET_ASIDE, UPLOAD, WAY

COLUMNS = (1, 2.6)
"""Widths: of the query's picture, and of what it is given with."""
WIDTH = 210
"""Pixels of the query's picture."""
ONE_OF_SEVERAL = 100
"""Pixels of each of several photos, and of what a model sees of it: two in a row beside what they are given with."""
OFFERED = 200
"""Products in the list at once; typing narrows them down."""
EXAMPLES = 5


@dataclass(frozen=True)
class Panel:
    """What the panel says: a product, photos, or words, which are empty at first; or nothing yet. `place`: for what a
    model sees.
    """

    product: Product | None = None
    photos: tuple[Photo, ...] = ()
    words: str | None = None
    place: DeltaGenerator | None = None

    @property
    def given(self) -> bool:
        """Whether there is something to search with."""
        return self.product is not None or bool(self.photos) or bool(self.words)

    def query(self, marks: Marks = NO_MARKS) -> Query | None:
        """What is searched with; None if there is nothing yet."""
        if self.product:
            return ProductQuery(self.product.id, marks)
        if self.photos:
            return PhotosQuery(self.photos, marks)
        return WordsQuery(self.words) if self.words else None

    def show_seen(self, encoder: EncoderSpec) -> None:
        """Show what this encoder's model sees of each photo, if they are the query, beside them."""
        if not self.photos or not self.place:
            return
        if len(self.photos) == 1:
            with self.place:
                photo.show_seen(resources.seen(self.photos[0], encoder), encoder)
            return
        with self.place.container(horizontal=True):
            for one in self.photos:
                photo.show_seen(resources.seen(one, encoder), encoder, ONE_OF_SEVERAL, captioned=False)
        self.place.caption(photo.told(encoder))


def pick(catalog: Catalog, ways: Sequence[str] = PICTURES) -> Panel:
    """Draw the panel and say what is asked, in one of these ways."""
    left, right = st.columns(COLUMNS)
    with right:
        way = _way(ways)
        st.session_state[WAY] = way  # said anew, as the control forgets it where another page offered other ways
        st.segmented_control("Search with", ways, required=True, key=WAY, on_change=_forget_words_set_aside)
        if st.session_state.get(SET_ASIDE):
            st.caption("Words are searched on the page of look-alikes; here, a product or a photo.")
        state.keep_unused()
        if way == FROM_CATALOG:
            panel = Panel(product=_product(catalog))
        else:
            panel = Panel(words=_words()) if way == IN_WORDS else Panel(photos=photo.ask(way))
        trail.back_button(catalog)
    place = left.container(horizontal=True, vertical_alignment="bottom")
    with place:
        if panel.product:
            grid.picture(panel.product, WIDTH)
        for one in panel.photos:
            width = WIDTH if len(panel.photos) == 1 else ONE_OF_SEVERAL
            st.image(one.look().shown, width=width, alt="Your photo")
    if len(panel.photos) > 1:
        place = left.container()
    if way == UPLOAD:
        photo.samples()
    return replace(panel, place=place)


def _way(ways: Sequence[str]) -> str:
    """The way that was chosen, on whatever page; words are set aside where they cannot be searched."""
    way: str = st.session_state.get(WAY, FROM_CATALOG)
    if way == IN_WORDS and way not in ways:
        st.session_state[SET_ASIDE] = True
    elif IN_WORDS in ways and st.session_state.pop(SET_ASIDE, False):
        return IN_WORDS
    return way if way in ways else FROM_CATALOG


def _forget_words_set_aside() -> None:
    st.session_state.pop(SET_ASIDE, None)


def below() -> DeltaGenerator:
    """The place under what the query is given with."""
    return st.columns(COLUMNS)[1]


def _product(catalog: Catalog) -> Product:
    text = st.text_input("Find by name or id", key=state.FIND, placeholder="for example: red shirt")
    found = catalog.find(text)
    if text and found and st.session_state[state.PRODUCT] not in found:
        st.session_state[state.PRODUCT] = found[0]
    current = st.session_state[state.PRODUCT]
    offered = found[:OFFERED]
    st.selectbox(
        f"Product ({len(found):,} found)" if text else f"Product (of {len(catalog):,})",
        offered if current in offered else [current, *offered],
        format_func=lambda product_id: f"{plain(catalog.names[catalog.row(product_id)])} ({plain(product_id)})",
        key=state.PRODUCT,
    )
    if not found:
        st.caption(f"No product has “{literal(text)}” in its name or id.")
    product = catalog.product(current)
    st.caption(literal(", ".join(value for value in product.attributes.values() if value != product.name)))
    _examples(catalog)
    return product


def _words() -> str:
    text: str = st.text_input(
        "What are you looking for?",
        key=state.WORDS,
        type="search",
        max_chars=state.LONGEST_WORDS,
        placeholder="for example: red summer dress",
    )
    if not text.strip():
        st.caption("Type some words and press Enter.")
    return text.strip()


def _examples(catalog: Catalog) -> None:
    """Products to begin with: one of each of the most common types, or else some from all over the catalog."""
    if "articleType" in catalog.table:
        coded = catalog.coded("articleType")
        examples = {
            value: int((coded.codes == code).argmax()) for code, value in enumerate(coded.categories[:EXAMPLES])
        }
    else:
        examples = {catalog.names[row]: row for row in range(0, len(catalog), max(1, len(catalog) // EXAMPLES))}
    row = st.container(horizontal=True, gap="xsmall", vertical_alignment="center")
    row.caption("Examples", width="content")
    for title, place in list(examples.items())[:EXAMPLES]:
        product_id = catalog.table.index[place]
        row.button(
            literal(title), key=f"example {product_id}", type="tertiary", on_click=trail.choose, args=(product_id,)
        )
