"""What care of a phone photo is worth: how it is fitted and cropped, and what is wrong with it.

P@5 of question F in `quality.py`, unit length, photos at full size; next to each the paired difference from the photo
as it is, whole and fitted as the encoder fits a catalog; both with 95 % bootstrap intervals. Then the same of photos
made worse on purpose, and the share of photos that each warning is given to.

The photos come without boxes, so no crop was made by a person: "middle" keeps the middle 80 % of both sides, "standing
out" a box around what differs in color from the photo's border: of the squared distances 3 % lie before each edge.
Both may cut off parts of a garment.
"""

import sys
from collections.abc import Callable
from typing import get_args

import numpy as np
from PIL import Image, ImageFilter

from benchmarks.given import catalog_and_photos
from benchmarks.phone_photos import held_out
from benchmarks.quality import ask, embeddings, interval
from prodsim.encoders import REGISTRY, Available, EncoderSpec, status
from prodsim.errors import ProdsimError
from prodsim.images import Fitting, flaws
from prodsim.images.photo_quality import Flaw
from prodsim.index import unit
from prodsim.search import WHOLE, Box, Framing

OUTSIDE = 0.03
Picture = Image.Image


def main() -> None:
    """Prints a table for each encoder, then one of the warnings."""
    settings, catalog, archive = catalog_and_photos(__doc__)
    classes, photos = held_out(archive)
    question = ask(catalog, classes)[-1]
    worse = {title: [make(photo) for photo in photos] for title, make in WORSE.items()}

    for name in REGISTRY:
        encoder = status(name, settings)
        if not isinstance(encoder, Available):
            print(f"{name:14} {encoder.reason}")
            continue
        products, loaded = unit(embeddings(catalog, encoder, settings)), encoder.load()
        asked = framed(photos, encoder.spec) | worse
        found = {
            title: question.precisions(products, unit(loaded.encode(pictures))) for title, pictures in asked.items()
        }
        as_it_is = found[f"whole, {encoder.spec.fitting}"]
        for title, precisions in found.items():
            print(f"{name:14} {title:24} {interval(precisions)}   {interval(precisions - as_it_is)}", flush=True)

    print(f"{'warned of':39}" + "".join(f"{flaw:>16}" for flaw in get_args(Flaw)))
    for title, pictures in {"as they are": photos, **worse}.items():
        warned = [flaws(picture) for picture in pictures]
        counts = [sum(flaw in one for one in warned) for flaw in get_args(Flaw)]
        print(f"{title:39}" + "".join(f"{count / len(photos):16.1%}" for count in counts))


def framed(photos: list[Picture], encoder: EncoderSpec) -> dict[str, list[Picture]]:
    """What the model sees of each, by crop and fitting."""
    boxes: dict[str, Callable[[Picture], Box]] = {
        "whole": lambda photo: WHOLE,
        "middle": lambda photo: (10, 10, 90, 90),
        "standing out": standing_out,
    }
    return {
        f"{title}, {fitting}": [Framing(box(photo), fitting).fit(photo, encoder) for photo in photos]
        for title, box in boxes.items()
        for fitting in get_args(Fitting)
    }


def standing_out(photo: Picture) -> Box:
    """A box around what has another color than the border, by the squared distance from the border's median."""
    pixels = np.asarray(photo.filter(ImageFilter.GaussianBlur(2)), dtype=np.float64)
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    distances = ((pixels - np.median(border, axis=0)) ** 2).sum(axis=2)
    (left, right), (top, bottom) = (_ends(distances.sum(axis=axis)) for axis in (0, 1))
    return left, top, right, bottom


def _ends(sums: np.ndarray) -> tuple[int, int]:
    shares = sums.cumsum() / sums.sum()
    first, last = np.searchsorted(shares, [OUTSIDE, 1 - OUTSIDE])
    return int(first * 100 // len(sums)), int(-(-(last + 1) * 100 // len(sums)))


def _smaller(shorter: int) -> Callable[[Picture], Picture]:
    """`shorter`: pixels of the shorter side."""
    return lambda photo: photo.resize(
        (round(photo.width * shorter / min(photo.size)), round(photo.height * shorter / min(photo.size))),
        Image.Resampling.BOX,
    )


def _darker(light: float) -> Callable[[Picture], Picture]:
    return lambda photo: photo.point(lambda value: int(value * light))


def _blurred(radius: float) -> Callable[[Picture], Picture]:
    """`radius`: standard deviation, as a share of the longer side."""
    return lambda photo: photo.filter(ImageFilter.GaussianBlur(radius * max(photo.size)))


def _paler(contrast: float) -> Callable[[Picture], Picture]:
    return lambda photo: Image.blend(Image.new("RGB", photo.size, "gray"), photo, contrast)


WORSE = (
    {f"{shorter} pixels": _smaller(shorter) for shorter in (96, 64, 48, 32)}
    | {f"{light:.0%} of the light": _darker(light) for light in (0.5, 0.25, 0.15)}
    | {f"blurred by {radius:.1%}": _blurred(radius) for radius in (0.01, 0.02, 0.03)}
    | {f"{contrast:.0%} of the contrast": _paler(contrast) for contrast in (0.25, 0.1)}
)
"""Photos made worse on purpose."""


if __name__ == "__main__":
    try:
        main()
    except ProdsimError as error:
        sys.exit(str(error))
