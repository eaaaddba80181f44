"""A photo made ready for an encoder: which part of it counts, and how that is brought to the encoder's input size.

What comes out has this size, so the encoder takes it pixel by pixel: it is what the model sees. By default a photo is
fitted as the encoder fits the pictures of a catalog; where that was measured nothing else is better (docs/photos.md).
"""

from dataclasses import dataclass

from PIL import Image

from prodsim.encoders import EncoderSpec
from prodsim.errors import QueryError
from prodsim.images import Fitting, fit

Box = tuple[int, int, int, int]
"""Left, top, right and bottom edge of a part, in percent of the width and the height, from the top left corner."""

WHOLE: Box = (0, 0, 100, 100)
PALE = 0.75
"""How far what is cropped away is on its way to white."""


@dataclass(frozen=True)
class Framing:
    """`fitting`: None for the encoder's own. QueryError if `box` leaves nothing or reaches beyond the photo."""

    box: Box = WHOLE
    fitting: Fitting | None = None

    def __post_init__(self) -> None:
        left, top, right, bottom = self.box
        if not (0 <= left < right <= 100 and 0 <= top < bottom <= 100):
            raise QueryError(
                f"The crop from {left} to {right} % across and {top} to {bottom} % down leaves nothing of the photo. "
                "Each pair goes from less to more, within 0 to 100."
            )

    def crop(self, image: Image.Image) -> Image.Image:
        """The part in the box, at least a pixel; pixels that an edge goes through are in it."""
        return image if self.box == WHOLE else image.crop(self._edges(image))

    def mark(self, image: Image.Image) -> Image.Image:
        """The whole RGB photo, pale outside the box."""
        if self.box == WHOLE:
            return image
        marked = Image.blend(image, Image.new("RGB", image.size, "white"), PALE)
        marked.paste(self.crop(image), self._edges(image))
        return marked

    def fit(self, image: Image.Image, encoder: EncoderSpec) -> Image.Image:
        """Exactly the pixels that the model sees of an RGB photo, as a picture of `encoder.input_size`.

        By default it equals the encoder's own `fit`.
        """
        return fit(self.crop(image), encoder.input_size, encoder.resample, self.fitting or encoder.fitting)

    def _edges(self, image: Image.Image) -> Box:
        """The same box in pixels."""
        left, top, right, bottom = self.box
        width, height = image.size
        return left * width // 100, top * height // 100, -(-right * width // 100), -(-bottom * height // 100)


def read_box(text: str) -> Box:
    """`"10,0,90,100"` -> `(10, 0, 90, 100)`. QueryError if it is not four whole numbers."""
    numbers = text.split(",")
    if len(numbers) != 4 or not all(number.isascii() and number.strip().isdigit() for number in numbers):
        raise QueryError(
            f"{text!r} is no crop. Write the left, top, right and bottom edge in percent, for example 10,0,90,100."
        )
    left, top, right, bottom = map(int, numbers)
    return left, top, right, bottom
