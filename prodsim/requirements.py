"""The packages that prodsim needs and the line that installs them: from a checkout's lists, or as a wheel says."""

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

EXTRAS = ("kaggle", "transformers")
"""Those that bring packages of their own; what they are for is said where they are missed."""

_CHECKOUT = Path(__file__).parent.parent
_NAME = re.compile(r"\w[\w-]*")


def install_line(extra: str = "") -> str:
    """What to type: `pip install -r requirements-kaggle.txt` in a checkout, else `pip install "prodsim[kaggle]"`."""
    file = _list(extra)
    if file.is_file():
        return f"pip install -r {file.name}"
    return f'pip install "prodsim[{extra}]"' if extra else "pip install prodsim"


def required(extra: str = "") -> list[str]:
    """Names of the packages that are needed by all, or on top by an extra."""
    file = _list(extra)
    if file.is_file():
        lines = file.read_text(encoding="utf-8").splitlines()
    else:
        try:
            stated = requires("prodsim") or []
        except PackageNotFoundError:  # its files alone were copied
            return []
        wanted = f'extra == "{extra}"' if extra else ""
        lines = [line for line in stated if line.partition(";")[2].strip() == wanted]
    return [match.group() for line in lines if (match := _NAME.match(line))]


def _list(extra: str) -> Path:
    return _CHECKOUT / (f"requirements-{extra}.txt" if extra else "requirements.txt")
