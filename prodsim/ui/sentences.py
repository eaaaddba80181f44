"""Sentences of errors and notices as visitors read them: without the places on the server, which the log names.

What is wrong with what a visitor gave, an address or a photo, is said as it is: it names no place but by a guess, and
a guess that is cut would be a right one.
"""

import logging
import os
import re
import secrets
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

from prodsim.config import load_settings
from prodsim.errors import ConfigError

_LOG = logging.getLogger(__name__)

_PACKAGE = Path(__file__).parents[2]


def told(sentence: object) -> str:
    """The sentence, with paths from the cache, the catalog or another place of the server on: `stores/x.arrow`. If it
    named a place, it ends with a reference number, under which the log has the whole of it.
    """
    whole = str(sentence)
    shown = _places().sub(lambda found: "" if found["below"] else os.path.basename(found["place"]), whole)
    if shown == whole:
        return whole
    return f"{shown} The log of this app says where, under the reference number {_number(whole)}."


def _places() -> re.Pattern[str]:
    """The folders below which all lies that the server reads and writes."""
    try:
        settings = load_settings()
        named = [settings.cache_dir, settings.weights_dir, settings.catalog, settings.catalog_root]
    except ConfigError:
        named = []
    folders = [*named, Path.cwd(), _PACKAGE, sys.prefix, tempfile.gettempdir(), os.path.expanduser("~")]
    places = {place for folder in folders if folder for place in (str(folder), os.path.realpath(folder))}
    spelled = (place.encode(errors="backslashreplace").decode() for place in places if os.path.basename(place))
    longest_first = "|".join(re.escape(place) for place in sorted(spelled, key=len, reverse=True))
    return re.compile(rf"(?<![\w./:])(?P<place>{longest_first})(?P<below>[\\/](?=\S))?")


@lru_cache(maxsize=1000)
def _number(sentence: str) -> str:
    """The same one for the same sentence, which is logged once."""
    number = secrets.token_hex(4)
    _LOG.warning("Reference number %s: %s", number, sentence)
    return number
