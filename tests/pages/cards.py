"""What a browser does with cards, for Streamlit's test runner, which knows no components."""

import json
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import UnknownElement


def grid(page: AppTest, key: str = "") -> dict[str, Any]:
    """All that the browser is told of the cards with this key, or of the first ones on the page."""
    drawn: dict[str, Any] = json.loads(_element(page, key).proto.json)
    return drawn


def cards(page: AppTest, key: str = "") -> list[dict[str, Any]]:
    """The cards, each as the browser is told of it; none while they are waited for."""
    drawn = grid(page, key)
    return [] if drawn["waiting"] else drawn["cards"]


def choose(page: AppTest, id_: str, key: str = "") -> AppTest:
    """Follow a card."""
    return _tell(page, key, "choose", id_)


def act(page: AppTest, action: str, id_: str, key: str = "") -> AppTest:
    """Press a button of a card."""
    return _tell(page, key, "act", [action, id_])


def _element(page: AppTest, key: str) -> UnknownElement:
    drawn = [part for part in page.get("bidi_component") if part.proto.component_name == "cards"]
    return next(part for part in drawn if part.key == key or not key)


def _tell(page: AppTest, key: str, event: str, value: object) -> AppTest:
    """Run the page with what the browser would send: all there is in widgets, and this event."""
    states = page._tree.get_widget_states()
    told = json.dumps([{"event": event, "value": value}])
    id_ = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{_element(page, key).proto.id}__events"
    states.widgets.append(WidgetState(id=id_, json_trigger_value=told))
    return page._run(states)
