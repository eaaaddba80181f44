"""Which places of two pictures make them similar: exactly where the encoder allows it, by covering places elsewhere.

If an embedding is a sum over places, so is an inner product with it: `q.m = sum over places p of q_p.m`. Divided by
both lengths, so is the cosine. Such maps add up to the similarity; those of `occlusion` do not.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodsim.encoders import Additive, Encoder
from prodsim.index import COSINE, Kernel

GRID = (7, 7)
"""Rows and columns of patches: those of most networks' last map, for about a hundred pictures to encode in all."""

Map = NDArray[np.float32]
"""float32 (rows, columns): what each place adds to a similarity, or takes from it (below 0)."""


@dataclass(frozen=True, eq=False)
class Attribution:
    """The maps of both pictures. If `exact`, each adds up to the similarity of the two."""

    query: Map
    match: Map
    exact: bool

    @property
    def most(self) -> float:
        """The largest number in both, whatever its sign."""
        return float(max(np.abs(self.query).max(), np.abs(self.match).max()))


def attribute(encoder: Encoder, query: Image.Image, match: Image.Image, kernel: Kernel = COSINE) -> Attribution:
    """What each place of two RGB pictures adds to their similarity; exact if the encoder is `Additive`."""
    if isinstance(encoder, Additive):
        one, other = encoder.parts([query, match])
        return Attribution(
            exact(one, other.sum(axis=(0, 1)), kernel), exact(other, one.sum(axis=(0, 1)), kernel), exact=True
        )
    one, other = encoder.encode([query, match])
    return Attribution(occlusion(encoder, query, other, kernel), occlusion(encoder, match, one, kernel), exact=False)


def exact(parts: NDArray[np.float32], other: NDArray[np.float32], kernel: Kernel = COSINE) -> Map:
    """What each place adds to the similarity of a picture's embedding, which is the sum of its parts, to another.

    `parts`: float32 (rows, columns, dim); `other`: float32 (dim,). The map's sum is the similarity.
    """
    wide, other = parts.astype(np.float64), other.astype(np.float64)
    whole = wide.sum(axis=(0, 1))
    sizes = kernel.sizes(np.stack([whole, other])).astype(np.float64)
    adds: Map = (wide @ (other / sizes.prod())).astype(np.float32)
    return adds


def occlusion(
    encoder: Encoder,
    image: Image.Image,
    other: NDArray[np.float32],
    kernel: Kernel = COSINE,
    grid: tuple[int, int] = GRID,
) -> Map:
    """How much the similarity of an RGB picture to an embedding, float32 (dim,), falls when a patch is covered with the
    picture's mean color. An approximation: what two patches have together is counted for neither or for both.

    Zeiler, Fergus 2014, section 4.2 (arXiv:1311.2901), where the patches are gray and the number is a class's.
    """
    whole = encoder.fit(image)
    similarities = kernel.similarities(encoder.encode([whole, *_covered(whole, grid)]), other[np.newaxis])[0]
    falls: Map = similarities[0] - similarities[1:]
    return falls.reshape(grid)


def _covered(image: Image.Image, grid: tuple[int, int]) -> list[Image.Image]:
    """The picture with one patch covered, for each of them, row by row."""
    pixels = np.asarray(image)
    mean = np.rint(pixels.mean(axis=(0, 1))).astype(np.uint8)
    covered = []
    for row, column in product(*map(range, grid)):
        changed = pixels.copy()
        changed[_part(row, grid[0], image.height), _part(column, grid[1], image.width)] = mean
        covered.append(Image.fromarray(changed))
    return covered


def _part(place: int, places: int, pixels: int) -> slice:
    """Of a side that is divided evenly, as far as pixels can be."""
    return slice(pixels * place // places, pixels * (place + 1) // places)
