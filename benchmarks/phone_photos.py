"""Phone photos of clothes that no encoder of ours has seen, with their classes."""

import zipfile
from pathlib import Path

from PIL import Image

from prodsim.images import open_rgb
from training.splits import PHOTO_CLASSES, Split, split_of_photo


def held_out(archive: Path) -> tuple[list[str], list[Image.Image]]:
    """The class and the picture of each, as large as it is, from a ZIP of <split>/<class>/ folders."""
    with zipfile.ZipFile(archive) as opened:
        paths = [
            path
            for path in sorted(opened.namelist())
            if Path(path).parent.name in PHOTO_CLASSES
            and not path.endswith("/")
            and split_of_photo(path) is Split.HELD_OUT
        ]
        return [Path(path).parent.name for path in paths], [open_rgb(opened.read(path)) for path in paths]
