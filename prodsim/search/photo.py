"""A photo of a query: its file, how it is framed, and what was seen of it.

A phone's photo takes a hundred megabytes while it is decoded. So it is decoded once for all that is needed of it, and
let go: what stays are the pixels that models see, taken from the whole picture as the published method does, and small
copies to be shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from PIL import Image

from prodsim.encoders import EncoderSpec
from prodsim.errors import ImageError
from prodsim.images import Fitting, Flaw, Resample, content_hash, fit, flaws, jpeg, open_rgb, pixels_of, reduced
from prodsim.search.crop import WHOLE, Framing

SHOWN = 480
"""Pixels of the longer side of what is shown, at most."""

Input = tuple[tuple[int, int], Resample, Fitting]
"""What decides which pixels a model sees of a framed photo: the size, and how it is brought to it."""


@dataclass(frozen=True, eq=False)
class Look:
    """What is kept of a photo that was decoded, some hundred kB.

    `shown`: JPEG bytes of the whole, pale outside the crop; `cropped`: of the crop alone; `flaws`: those of the crop;
    `fitted`: exactly what models see of it.
    """

    shown: bytes
    cropped: bytes
    flaws: tuple[Flaw, ...]
    fitted: Mapping[Input, Image.Image]


class Photo:
    """A photo's file as it was given, its name, and how it is framed. Safe between threads."""

    def __init__(self, name: str, content: bytes, framing: Framing | None = None) -> None:
        self.name = name
        self.content = content
        self.framing = framing or Framing()
        self._look: Look | None = None
        self._damage = ""
        self._gone = False
        self._looking = Lock()

    def __repr__(self) -> str:
        return f"Photo({self.name!r}, {self.framing!r})"  # no message and no log may hold the content

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file, in hex."""
        return content_hash(self.content)

    @cached_property
    def pixels(self) -> int:
        """How many it has, from its header; 0 if it is refused undecoded."""
        return pixels_of(self.content)

    def let_go(self) -> None:
        """Forget the file, whoever holds the photo on. What was seen of it stays."""
        _ = self.digest  # of the file, so before
        self._gone = True
        self.content = b""

    def look(self, *encoders: EncoderSpec) -> Look:
        """What it is like, and what models see of it, these among them. Decodes it if one of them was not asked for
        before. ImageError if it cannot be used, which is found out once, or if it is to be decoded and was let go.
        """
        with self._looking:
            if not self.looked(*encoders):
                self._look_at(encoders)
            if self._look is None:
                raise ImageError(self._damage)
            return self._look

    def looked(self, *encoders: EncoderSpec) -> bool:
        """Whether `look` has an answer without decoding anything."""
        if self._look is None:
            return bool(self._damage)
        return all(self._input(encoder) in self._look.fitted for encoder in encoders)

    def seen(self, encoder: EncoderSpec) -> Image.Image:
        """Exactly the pixels that the model sees, as a picture of `encoder.input_size`. ImageError."""
        return self.look(encoder).fitted[self._input(encoder)]

    def _look_at(self, encoders: Sequence[EncoderSpec]) -> None:
        content = self.content
        if self._gone:  # since then or before
            raise ImageError(f"{self.name} is kept no more, as too many photos were given since. Give it again.")
        try:
            image = open_rgb(content, self.name)
        except ImageError as error:
            self._damage = str(error)
            return
        shown = jpeg(self.framing.mark(reduced(image, SHOWN)))
        image = self.framing.crop(image)  # in place of the whole, which takes as much again
        cropped = shown if self.framing.box == WHOLE else jpeg(reduced(image, SHOWN))
        fitted = dict(self._look.fitted) if self._look else {}
        for wanted in map(self._input, encoders):
            if wanted not in fitted:
                fitted[wanted] = fit(image, *wanted)  # as `Framing.fit` does
        self._look = Look(shown, cropped, tuple(flaws(image)), fitted)

    def _input(self, encoder: EncoderSpec) -> Input:
        return encoder.input_size, encoder.resample, self.framing.fitting or encoder.fitting
