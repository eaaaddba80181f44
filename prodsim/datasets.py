"""Catalogs that can be downloaded. `kagglehub` is an optional package, imported only here and only when asked for."""

import sys
from contextlib import redirect_stdout
from pathlib import Path

import requests

from prodsim.config import Settings
from prodsim.errors import CatalogError, MissingExtra

FASHION_SMALL = "fashion-small"
HANDLE = "paramaggarwal/fashion-product-images-small"
"""Fashion Product Images (Small) on Kaggle, P. Aggarwal, MIT: some 44,000 products, 60x80 pixels, 600 MB."""

_PAGE = f"https://www.kaggle.com/datasets/{HANDLE}"


def fetch_fashion_small(settings: Settings) -> Path:
    """The catalog's folder, downloaded by kagglehub into its own cache unless it is there.

    MissingExtra if kagglehub is not installed; CatalogError if offline, unreachable or refused.
    """
    if settings.offline:
        raise CatalogError(f"{FASHION_SMALL} cannot be downloaded: PRODSIM_OFFLINE is set. {_remedy()}")
    try:
        import kagglehub
    except ImportError as error:
        raise MissingExtra(
            f"Downloading {FASHION_SMALL} needs the package kagglehub. Run `pip install -r requirements-kaggle.txt`."
        ) from error
    try:
        with redirect_stdout(sys.stderr):  # what kagglehub prints is not a result
            folder: str = kagglehub.dataset_download(HANDLE)
    except Exception as error:  # its own errors have no common base; network, disk and JSON errors pass through as well
        raise CatalogError(f"{FASHION_SMALL} cannot be downloaded: {_reason(error)}. {_remedy()}") from error
    return Path(folder)


def _reason(error: Exception) -> str:
    if isinstance(error, requests.ConnectionError | requests.Timeout):
        return "Kaggle cannot be reached"
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def _remedy() -> str:
    return f"Try again where there is a network, or download {_PAGE} by hand and give the ZIP as --catalog."
