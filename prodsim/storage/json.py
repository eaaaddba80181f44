"""Documents as JSON."""

import json
from collections.abc import Mapping
from typing import Any


def to_json(document: Mapping[str, Any]) -> str:
    """The document as text: indented, ASCII, ending with a line break. ValueError on NaN or infinity."""
    return json.dumps(document, indent=2, allow_nan=False) + "\n"
