"""Pages run by Streamlit's own test runner, and what their tests look at."""

import colorsys
import re
from collections.abc import Sequence

from PIL import Image
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from tests.needs import ROOT
from tests.samples import encoded

NAME = "Rock & Roll *shirt* [$1] :red[no] <b>"
"""Markdown, LaTeX, HTML and Streamlit's own marks."""


def run(script: str, *, unfolded: Sequence[str] = (), **address: str | Sequence[str]) -> AppTest:
    """The page, opened at this address. `unfolded`: keys of what stays open, which the test runner knows nothing of."""
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in address.items():
        page.query_params[name] = value
    runs = page._run

    def run_unfolded(states: WidgetStates | None = None, timeout: float | None = None) -> AppTest:
        for key in unfolded:
            page.session_state[key] = True
        answered = runs(states, timeout=timeout)
        page._page_hash = ""  # what follows is where this ended, also if the page turned to another one
        return answered

    page._run = run_unfolded  # type: ignore[method-assign]
    return page.switch_page(script).run()


def no_error(page: AppTest) -> None:
    """Neither an exception nor an error box."""
    assert not page.exception
    assert not page.error, [error.value for error in page.error]


def counted(page: AppTest) -> dict[str, str]:
    """What the statistics say first: {"products": "12", ...}."""
    (row,) = (line.value for line in page.markdown if "**&nbsp;picture" in line.value)
    return {word: number for number, word in re.findall(r"\*\*([\d,]+)\*\*&nbsp;([a-z ]+[a-z])", row)}


def rainbow(number: int) -> dict[str, tuple[int, int, int]]:
    """Colors by product id, from 100 on, around the color circle."""
    hues = [colorsys.hsv_to_rgb(place / number, 1, 1) for place in range(number)]
    return {str(100 + place): (int(r * 255), int(g * 255), int(b * 255)) for place, (r, g, b) in enumerate(hues)}


def attributes(ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """A type (every third is a shoe), a gender (every second is for men) and a name for each product."""
    return {
        id_: {
            "gender": "Women" if int(id_) % 2 else "Men",
            "articleType": "Shirts" if int(id_) % 3 else "Shoes",
            "productDisplayName": f"Model {id_} {NAME}",
        }
        for id_ in ids
    }


def two_colored(color: tuple[int, int, int]) -> bytes:
    """A picture that is white above and colored below."""
    image = Image.new("RGB", (60, 80), "white")
    image.paste(color, (0, 40, 60, 80))
    return encoded(image)
