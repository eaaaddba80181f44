"""JPEGs decoded at a half, a quarter or an eighth of their sides, as far as what they are wanted for allows."""

import numpy as np
import simplejpeg
from PIL import Image

from prodsim.images.containers import Container
from prodsim.images.reducing import times_over
from prodsim.images.transform import Resample, Size

ENOUGH: dict[Resample, int] = {"bilinear": 3, "bicubic": 3, "box": 16}
"""Times the wanted sides: what a filter makes of so many pixels is what it makes of all of them, nearly. The mean of a
box is of whole pixels, so its edges are as rough as they are; "nearest" takes one pixel of all of them.
"""
FLAT = 20.0
"""Standard deviation of the channels, 0..255, as in `photo_quality`: below, what differs is a few rounded numbers."""
_SCALES = (8, 4, 2)
_COLORSPACES = {1: "GRAY", 3: "RGB"}
"""Numbers of a pixel -> what they are decoded to. Of others, those of CMYK, Pillow knows what printers mean."""


def scale_for(container: Container, needed: Size, resample: Resample) -> int:
    """By how much the sides may be divided, 1, 2, 4 or 8, so that each is still ENOUGH times as long as is needed.

    `needed`: of the picture as it is stored. 1 for what is no usual JPEG.
    """
    if not is_usual(container) or resample not in ENOUGH:
        return 1
    return _scale(min(side // wanted for side, wanted in zip(container.size, needed, strict=True)) // ENOUGH[resample])


def scale_towards(container: Container, most: int) -> int:
    """By how much the sides of a usual JPEG may be divided so that it still has about `most` pixels, if it has more."""
    return _scale(times_over(container.size, most)) if is_usual(container) else 1


def is_usual(container: Container) -> bool:
    """Whether it is a JPEG that can be decoded at a part of its sides, and is never held whole."""
    return container.format == "JPEG" and container.bands in _COLORSPACES


def is_flat(image: Image.Image) -> bool:
    """Whether an RGB picture is nearly of one color."""
    return bool(np.sqrt(np.asarray(image, dtype=np.float32).var(axis=(0, 1)).mean()) < FLAT)


def _scale(times: int) -> int:
    return next((scale for scale in _SCALES if scale <= times), 1)


def decoded_at(container: Container, scale: int) -> Image.Image:
    """A usual JPEG with its sides divided by 2, 4 or 8, and rounded up. ValueError if any of its data is damaged."""
    width, height = (-(-side // scale) for side in container.size)
    colorspace = _COLORSPACES[container.bands]
    pixels = simplejpeg.decode_jpeg(container.content, colorspace, min_width=width, min_height=height, strict=True)
    if pixels.shape[:2] != (height, width):
        raise ValueError("its header contradicts itself")
    return Image.fromarray(pixels if container.bands == 3 else pixels[..., 0])
