"""The demo catalog's products, and "photos" made of them."""

from pathlib import Path

import pytest

from tests.training.archives import photos_of


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Path:
    """The demo catalog's folder."""
    return demo_folder


@pytest.fixture(scope="session")
def photos(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of photos."""
    return photos_of(demo, tmp_path_factory.mktemp("photos") / "photos.zip")
