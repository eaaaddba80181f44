"""What the benchmarks of quality are given: a catalog, its embeddings, and an archive of phone photos."""

import argparse
from contextlib import closing
from pathlib import Path

from prodsim.catalog import Catalog, open_catalog
from prodsim.config import Settings, load_settings
from prodsim.encoders import Available
from prodsim.index import Indexed, index, open_index


def catalog_and_photos(description: str | None) -> tuple[Settings, Catalog, Path]:
    """Read from the command line; the archive is not opened."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalog", type=Path)
    parser.add_argument("photos", type=Path, help="a ZIP of <split>/<class>/ folders")
    given = parser.parse_args()
    settings = load_settings(catalog=given.catalog)
    return settings, open_catalog(settings), given.photos


def indexed(catalog: Catalog, encoder: Available, settings: Settings) -> Indexed:
    """The catalog by this encoder; what has no embedding yet gets one."""
    with closing(index(catalog, encoder, settings)) as steps:
        for _ in steps:
            pass
    return open_index(catalog, encoder, settings)
