"""How far an embedding is from that of the whole picture where JPEGs are decoded at the size that is needed.

Each picture as it is, and enlarged to 1800x2400 and saved as JPEG again, as shops have them.
"""

import argparse
import os
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from PIL import Image

from prodsim.config import load_settings
from prodsim.encoders import Encoder, require
from prodsim.images import FORMATS, HEAD_BYTES, open_fitted, open_rgb, picture_format

SIZE = (1800, 2400)


def files(source: Path, number: int) -> list[bytes]:
    """So many JPEGs of a folder or a ZIP, evenly from all of them."""
    if source.is_dir():
        found = [path for path in sorted(source.rglob("*")) if path.is_file()]
        read = Path.read_bytes
        kept = [path for path in found if _is_jpeg(path.open("rb").read(HEAD_BYTES))]
        return [read(path) for path in kept[:: max(1, len(kept) // number)][:number]]
    with ZipFile(source) as opened:
        names = [name for name in sorted(opened.namelist()) if name.lower().endswith((".jpg", ".jpeg"))]
        return [opened.read(name) for name in names[:: max(1, len(names) // number)][:number]]


def _is_jpeg(head: bytes) -> bool:
    return picture_format(head) == FORMATS[0]


def enlarged(data: bytes) -> bytes:
    """The same picture at SIZE."""
    buffer = BytesIO()
    open_rgb(data).resize(SIZE, Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def cosines(encoder: Encoder, data: list[bytes]) -> np.ndarray:
    """Of each picture's embedding, decoded at the size that is needed, to that of the whole."""
    scaled = encoder.encode([open_fitted(one, "", *encoder.spec.sees) for one in data])
    whole = encoder.encode([encoder.fit(open_rgb(one)) for one in data])
    lengths = np.linalg.norm(scaled, axis=1) * np.linalg.norm(whole, axis=1)
    return (scaled * whole).sum(axis=1) / np.maximum(lengths, np.finfo(np.float32).tiny)


def main() -> None:
    """Prints the lowest cosine, and how many are below 0.999."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", type=Path, nargs="+", help="folders or ZIPs of JPEGs")
    parser.add_argument("--number", type=int, default=300, help="pictures of each (default: 300)")
    parser.add_argument("--encoders", nargs="+", default=["mini", "pixels"])
    given = parser.parse_args()
    encoders = [require(name, load_settings(offline=True)).load() for name in given.encoders]
    for source in given.pictures:
        data = files(source, given.number)
        for kind, pictures in (("as they are", data), ("at 1800x2400", list(map(enlarged, data)))):
            for encoder in encoders:
                found = cosines(encoder, pictures)
                low = f"lowest cosine {found.min():.5f}, {(found < 0.999).sum()} of {len(found)} below 0.999"
                print(f"{source.name:22} {kind:12} {encoder.spec.name:8} {low}")


if __name__ == "__main__":
    main()
