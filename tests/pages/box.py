"""What a visitor does with the box to ask with, for Streamlit's test runner, which knows nothing of its components."""

import json
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest

from prodsim.ui.box import FIELD, FINDER


def typed(page: AppTest, text: str) -> AppTest:
    """The page after these words and Enter."""
    return sent(page, "words", text)


def chosen(page: AppTest, product_id: str) -> AppTest:
    """The page after a choice from the list."""
    return sent(page, "product", product_id)


def offered(page: AppTest, draft: str) -> list[str]:
    """Ids of the products in the list once this has been typed."""
    _run(page, _proto(page, FINDER).id, json_value=json.dumps({"draft": draft}))
    answer = told(page, FINDER)
    assert answer["draft"] == draft.strip()
    return [offer["id"] for offer in answer["offers"]]


def shown(page: AppTest) -> str:
    """What the field shows to who is not typing."""
    words: str = told(page, FIELD)["words"]
    return words


def told(page: AppTest, component: str) -> dict[str, Any]:
    """What the browser is told."""
    data: dict[str, Any] = json.loads(_proto(page, component).json)
    return data


def sent(page: AppTest, event: str, value: object) -> AppTest:
    """The page after the browser asked this, which may be anything."""
    trigger = _make_trigger_id(_proto(page, FIELD).id, "events")
    return _run(page, trigger, json_trigger_value=json.dumps([{"event": event, "value": value}]))


def _run(page: AppTest, widget: str, **value: str) -> AppTest:
    states = page._tree.get_widget_states()
    states.widgets.add(id=widget, **value)
    return page._run(states)


def _proto(page: AppTest, component: str) -> Any:
    (proto,) = [node.proto for node in page.get("bidi_component") if node.proto.component_name == component]
    return proto
