"""Kaggle, through `kagglehub`: an optional package, imported only here and only when something is asked for."""

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from http import HTTPStatus
from pathlib import Path
from typing import Any

import requests

from prodsim.config import Settings
from prodsim.errors import MissingExtra
from prodsim.requirements import install_line


class KaggleRefused(Exception):
    """Why there is no download, without a full stop; who asked says what was to be downloaded and what to do."""


def download_from_kaggle(ask: Callable[[Any], str], settings: Settings) -> Path:
    """Where `ask(kagglehub)` put what it downloaded: in its own cache, unless it was there.

    MissingExtra if kagglehub is not installed; KaggleRefused if offline, unreachable or refused.
    """
    if settings.offline:
        raise KaggleRefused("PRODSIM_OFFLINE is set")
    try:
        import kagglehub
    except ImportError as error:
        raise MissingExtra(
            f"Downloading from Kaggle needs the package kagglehub. Run `{install_line('kaggle')}`."
        ) from error
    try:
        with redirect_stdout(sys.stderr):  # what kagglehub prints is not a result
            return Path(ask(kagglehub))
    except Exception as error:  # its own errors have no common base; network, disk and JSON errors pass through as well
        raise KaggleRefused(_reason(error)) from error


def _reason(error: Exception) -> str:
    if isinstance(error, requests.ConnectionError | requests.Timeout):
        return "Kaggle cannot be reached"
    answer = error.response if isinstance(error, requests.HTTPError) else None
    if answer is not None and answer.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return "Kaggle wants a sign-in, see https://github.com/Kaggle/kagglehub#authenticate"
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
