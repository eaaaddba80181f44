"""Decoded pixels of any mode, as a person sees them: RGB of 8 bits, in sRGB, on white."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

_KINDS = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}
"""Mode of the pixels -> what an ICC profile for them calls its colors."""
_ROWS = 256
"""Rows that are scaled at once, so that a picture of the largest size takes no more memory than it must."""


def to_rgb(image: Image.Image, profile: bytes = b"") -> Image.Image:
    """A loaded picture in RGB. What is transparent is white; 16-bit and float gray is scaled to 8 bits.

    `profile`: an ICC profile that says which colors the numbers mean. One that is damaged, or for another kind of
    pixels, counts as none. ValueError for float pixels that are no numbers.
    """
    if image.mode.startswith(("I", "F")):
        return _eight_bit(image).convert("RGB")
    if image.mode == "La":
        image = image.convert("LA")
    if image.has_transparency_data:
        image = _on_white(image if image.mode == "RGBA" else image.convert("RGBA"))
    return _in_srgb(image, profile).convert("RGB")


def _on_white(layer: Image.Image) -> Image.Image:
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer)
    return ground


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The colors that the profile means. One that calls itself sRGB is believed, so its pixels stay as they are."""
    if not profile:
        return image
    if image.mode in ("P", "YCbCr"):
        image = image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        same_kind = source.profile.xcolor_space.strip() == _KINDS.get(image.mode)
        if not same_kind or "sRGB" in ImageCms.getProfileDescription(source):
            return image
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (OSError, ImageCms.PyCMSError):
        return image


def _eight_bit(image: Image.Image) -> Image.Image:
    """Gray of 16 bits (0..65535), 32 bits or float (0..1, else as far as it reaches) -> gray of 8 bits."""
    pixels = np.asarray(image)
    if not np.isfinite(pixels).all():
        raise ValueError("it holds pixels that are no numbers")
    low, high = min(0.0, float(pixels.min())), float(pixels.max())
    if image.mode == "F":
        high = max(high, 1.0) if high <= 1 or high > 255 else 255.0
    else:
        high = max(high, 65535.0)
    scaled = np.empty(pixels.shape, dtype=np.uint8)
    for top in range(0, len(pixels), _ROWS):
        rows = pixels[top : top + _ROWS].astype(np.float64)
        scaled[top : top + _ROWS] = np.rint((rows - low) * (255 / (high - low)))
    return Image.fromarray(scaled)
