"""`python -m tools.demo_catalog`: paint the demo and the sample photos, and embed the demo by `mini`."""

import shutil
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from prodsim.catalog import DEMO, open_catalog
from prodsim.config import load_settings
from prodsim.encoders import require
from prodsim.images import content_hash
from prodsim.index import EmbeddingStore, index
from prodsim.ui.resources import SAMPLES
from tools.demo_catalog.paint import paint_catalog, paint_samples

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that every file in the ZIP has, so that the same pictures are the same ZIP."""


def main() -> None:
    """Write all that ships, in place of what is there."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        paint_catalog(folder / "demo")
        _pack(folder / "demo", DEMO)
        SAMPLES.mkdir(exist_ok=True)
        paint_samples(SAMPLES)
        for older in DEMO.parent.glob("mini-*/"):  # or they would be taken instead of made
            shutil.rmtree(older)
        settings = load_settings(catalog=DEMO, cache_dir=folder / "cache", offline=True)
        encoder = require("mini", settings)
        catalog, store = open_catalog(settings), EmbeddingStore.of(encoder, settings)
        for _ in index(catalog, encoder, settings):
            pass
        hashes = [content_hash(path.read_bytes()) for path in catalog.images]
        vectors, _ = store.read().matrix(hashes)
        shipped = EmbeddingStore(DEMO.with_name(store.path.name), store.dim)
        shipped.add(dict(zip(hashes, vectors, strict=True)), {})  # at once, so that they are in one part


def _pack(folder: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in [folder / "styles.csv", *sorted((folder / "images").iterdir())]:
            member = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(member, path.read_bytes())


if __name__ == "__main__":
    main()
