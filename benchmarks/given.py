"""What the benchmarks of quality are given: a catalog, and an archive of phone photos."""

import argparse
from pathlib import Path

from prodsim.catalog import Catalog, open_catalog
from prodsim.config import Settings, load_settings


def catalog_and_photos(description: str | None) -> tuple[Settings, Catalog, Path]:
    """Read from the command line; the archive is not opened."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalog", type=Path)
    parser.add_argument("photos", type=Path, help="a ZIP of <split>/<class>/ folders")
    given = parser.parse_args()
    settings = load_settings(catalog=given.catalog)
    return settings, open_catalog(settings), given.photos
