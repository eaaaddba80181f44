"""Catalogs that can be downloaded."""

from pathlib import Path

from prodsim.config import Settings
from prodsim.errors import CatalogError
from prodsim.storage import KaggleRefused, download_from_kaggle

FASHION_SMALL = "fashion-small"
HANDLE = "paramaggarwal/fashion-product-images-small"
"""Fashion Product Images (Small) on Kaggle, P. Aggarwal, MIT: some 44,000 products, 60x80 pixels, 600 MB."""

_PAGE = f"https://www.kaggle.com/datasets/{HANDLE}"


def fetch_fashion_small(settings: Settings) -> Path:
    """The catalog's folder, downloaded by kagglehub into its own cache unless it is there.

    MissingExtra if kagglehub is not installed; CatalogError if offline, unreachable or refused.
    """
    try:
        return download_from_kaggle(lambda kagglehub: kagglehub.dataset_download(HANDLE), settings)
    except KaggleRefused as reason:
        raise CatalogError(f"{FASHION_SMALL} cannot be downloaded: {reason}. {_remedy()}") from reason


def _remedy() -> str:
    return f"Try again where there is a network, or download {_PAGE} by hand and give the ZIP as --catalog."
