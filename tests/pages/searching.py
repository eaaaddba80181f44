"""Search, as a visitor uses it: what is found, photos that are given, tabs that are opened."""

from collections.abc import Sequence

from streamlit.testing.v1 import AppTest

from prodsim.ui.results import CARDS
from tests.pages.cards import cards
from tests.pages.running import rainbow, run, two_colored

SEARCH = "app.py"
GIVEN = 9
"""Photos that a test gives one after the other, at most."""
UNFOLDED = ("filters open", "photos open", "settings open", *(f"photo open {turn}" for turn in range(GIVEN)))
"""What a visitor opens to filter, to crop photos, to say how to search, and to give a photo, and then the next one."""


def search(**address: str | Sequence[str]) -> AppTest:
    """Search at this address, with all of that open."""
    return run(SEARCH, unfolded=UNFOLDED, **address)


def has_results(page: AppTest) -> bool:
    """Whether cards of results are on the page."""
    return CARDS in [part.key for part in page.get("bidi_component")]


def found(page: AppTest) -> list[str]:
    """Ids of the results, best first; none if there are no cards of them."""
    return [card["id"] for card in cards(page, CARDS)] if has_results(page) else []


def similarities(page: AppTest) -> list[str]:
    """What the cards say under details."""
    return [dict(card["details"])["Similarity"] for card in cards(page, CARDS)]


def chips(page: AppTest) -> list[str]:
    """Keys of the chips: filters, a pivot, marks."""
    return [button.key for button in page.button if button.key.startswith("chip ")]


def give(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """The page after these files, each a name and its content, were uploaded together."""
    (uploader,) = [uploader for uploader in page.file_uploader if uploader.key.startswith("upload ")]
    return uploader.set_value([(name, content, "image/png") for name, content in files]).run()


def photo(product_id: str) -> tuple[str, bytes]:
    """A file that shows what the picture of this product of the shop does."""
    return f"{product_id}.png", two_colored(rainbow(12)[product_id])


def with_photos(*product_ids: str) -> AppTest:
    """Search, asked with such photos."""
    return give(search(), *map(photo, product_ids))


def open_tab(page: AppTest, title: str, tabs: str = "tab") -> AppTest:
    """The page after a click on a tab; the test runner does not know that there is something to click on."""
    (container,) = [block for block in page.main if getattr(block, "key", None) == tabs]
    states = page._tree.get_widget_states()
    states.widgets.add(id=container.proto.id, string_value=title)
    return page._run(states)
