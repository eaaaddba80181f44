"""Pictures of more pixels than are kept of one: made smaller as they are decoded, before anything copies them."""

from math import ceil, sqrt

from PIL import Image

from prodsim.images.transform import Size

_ROWS = 128
"""Rows of what comes out that are made at once: some megabytes, whatever the picture takes."""


def draft(image: Image.Image, most: int) -> None:
    """Let an opened JPEG of CMYK be decoded at a half, a quarter or an eighth of its sides, towards `most` pixels: its
    decoder leaves out the details. Nothing happens if it has no more, or to another format.
    """
    if (times := times_over(image.size, most)) > 1:
        image.draft(None, (image.width // times, image.height // times))


def reduced_to(image: Image.Image, most: int) -> Image.Image:
    """A loaded picture of at most about `most` pixels; itself if it has no more.

    Else it is divided by a whole number: each pixel is the mean of a square of pixels, in which transparent ones do
    not count. That mode stays in which pixels can be averaged; palettes become RGB, and what is transparent RGBA.
    """
    if (times := times_over(image.size, most)) == 1:
        return image
    width, height = ceil(image.width / times), ceil(image.height / times)
    small: Image.Image | None = None
    for top in range(0, height, _ROWS):
        bottom = min(image.height, (top + _ROWS) * times)
        band = _averaged(image.crop((0, top * times, image.width, bottom))).reduce(times)
        small = small or Image.new(band.mode, (width, height))
        small.paste(band, (0, top))
    assert small is not None, "a picture has rows"
    return small


def times_over(size: Size, most: int) -> int:
    """By how much each side is to be divided, for `most` pixels; 1 if there are no more."""
    width, height = size
    return ceil(sqrt(width * height / most))


def _averaged(band: Image.Image) -> Image.Image:
    """The same pixels in a mode in which they can be averaged."""
    if band.mode in ("I", "F", "La"):
        return band
    if band.mode.startswith("I;"):
        return band.convert("I")
    if band.has_transparency_data:
        return band.convert("RGBA")
    return band.convert("RGB") if band.mode in ("1", "P") else band
