"""Precision at 5 of every encoder at hand, unit length and raw linear kernel, each query left out of its own results.

P@5: the share of a query's five nearest with a right label, mean over all queries [95 % bootstrap interval].
Three questions, all on the pictures of one catalog, `fashion-small`:

    D  the products of the published method (id < 2000) among themselves: articleType; articleType and baseColour
    H  products that `mini` never saw (id % 10 == 3) among the whole catalog: the same labels
    F  phone photos that it never saw (`validation`), on white to 3:4, 60x80: a type that belongs to the photo's class

The first rows are what the reference was measured with: every fourth row and column of the RGB picture (for D all of
them as well), minus the mean of all pictures, of photos that of the photos.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.given import catalog_and_photos, indexed
from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.encoders import REGISTRY, Available, status
from prodsim.errors import ProdsimError
from prodsim.images import fit, open_rgb
from prodsim.index import unit
from prodsim.index.ranking import largest
from training.data import read_photos
from training.splits import PHOTO_CLASSES, Split, split_of_product

K = 5
BLOCK = 256
SIZE = (60, 80)

Rows = NDArray[np.intp]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Question:
    """`queries`: rows of the catalog, None for all photos; `gallery`: rows of the catalog; `codes`: the label of each
    of these; `accepted`: bool (queries, labels), which labels are right for which query.
    """

    title: str
    queries: Rows | None
    gallery: Rows
    codes: Rows
    accepted: NDArray[np.bool_]

    def precisions(self, products: Vectors, photos: Vectors) -> NDArray[np.float64]:
        """P@5 of each query."""
        queries = photos if self.queries is None else products[self.queries]
        gallery = products[self.gallery]
        found = np.empty(len(queries))
        for start in range(0, len(queries), BLOCK):
            block = slice(start, start + BLOCK)
            similarities = queries[block] @ gallery.T
            if self.queries is not None:
                similarities[self.queries[block][:, None] == self.gallery[None]] = np.finfo(np.float32).min
            nearest = largest(similarities, K)
            found[block] = np.take_along_axis(self.accepted[block], self.codes[nearest], axis=1).mean(axis=1)
        return found


def main() -> None:
    """Prints a row for each encoder and scoring."""
    settings, catalog, archive = catalog_and_photos(__doc__)
    held_out = read_photos(archive, SIZE).of(Split.HELD_OUT)
    photos = [Image.fromarray(each) for each in held_out.pictures]
    questions = ask(catalog, [list(PHOTO_CLASSES)[each] for each in held_out.classes])

    print(f"{'P@5':14} {'scoring':8}" + "".join(f"{each.title:22}" for each in questions))
    print(f"{'queries':23}" + "".join(f"{len(each.accepted):<22,}" for each in questions))
    near = questions[0].gallery
    alone = [replace(each, queries=np.arange(len(near)), gallery=np.arange(len(near))) for each in questions[:2]]
    report("all pixels", alone, *plain_pixels((catalog.images[row] for row in near), [], step=1))
    report("every fourth", questions, *plain_pixels(catalog.images, photos, step=4))
    for name in REGISTRY:
        encoder = status(name, settings)
        if isinstance(encoder, Available):
            report(name, questions, embeddings(catalog, encoder, settings), encoder.load().encode(photos))
        else:
            print(f"{name:14} {encoder.reason}")


def ask(catalog: Catalog, classes: list[str]) -> list[Question]:
    """D and H by both labels, F."""
    splits = np.array([split_of_product(each) for each in catalog.table.index])
    published, held_out = (np.flatnonzero(splits == split) for split in (Split.PUBLISHED, Split.HELD_OUT))
    everything = np.arange(len(catalog))
    kind, color = (catalog.coded(each) for each in ("articleType", "baseColour"))
    both = kind.codes.astype(np.intp) * len(color.categories) + color.codes
    both[(kind.codes < 0) | (color.codes < 0)] = -1
    questions = []
    for title, rows, gallery in (("D", published, published), ("H", held_out, everything)):
        for label, codes in (("type", kind.codes.astype(np.intp)), ("type, color", both)):
            accepted = (
                codes[rows][:, None] == np.arange(codes.max() + 2)[None]
            )  # the last one, of code -1, is never right
            questions.append(Question(f"{title} {label}", rows, gallery, codes[gallery], accepted))
    right = [[each in PHOTO_CLASSES[one] for each in kind.categories] + [False] for one in classes]
    questions.append(Question("F class", None, everything, kind.codes.astype(np.intp), np.array(right)))
    return questions


def report(name: str, questions: list[Question], products: Vectors, photos: Vectors) -> None:
    """One row for each scoring."""
    for scoring in ("unit", "linear"):
        scaled = [unit(each) if scoring == "unit" else each for each in (products, photos)]
        cells = [interval(each.precisions(*scaled)) for each in questions]
        print(f"{name:14} {scoring:8}" + "".join(f"{each:22}" for each in cells), flush=True)


def interval(precisions: NDArray[np.float64]) -> str:
    """Mean and 95 % bootstrap interval."""
    generator = np.random.default_rng(0)
    means = [generator.choice(precisions, len(precisions)).mean() for _ in range(1000)]
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{precisions.mean():.3f} [{low:.3f}, {high:.3f}]"


def plain_pixels(products: Iterable[Path], photos: list[Image.Image], step: int) -> tuple[Vectors, Vectors]:
    """Every `step`th row and column of each picture at 60x80, minus the mean of all of them: two (n, numbers)."""

    def pixels(pictures: Iterable[Image.Image]) -> Vectors:
        rows = [np.asarray(fit(each, SIZE, "bilinear", "pad"))[::step, ::step].ravel() for each in pictures]
        return np.array(rows, dtype=np.float32)

    found = pixels(map(open_rgb, products))
    found -= found.mean(axis=0)
    if not photos:
        return found, found[:0]
    of_photos = pixels(photos)
    return found, of_photos - of_photos.mean(axis=0)


def embeddings(catalog: Catalog, encoder: Available, settings: Settings) -> Vectors:
    """float32 (len(catalog), dim); every picture of the catalog has to be good."""
    vectors = indexed(catalog, encoder, settings).vectors
    assert vectors.products == len(catalog)
    return vectors.vectors(vectors.first_rows)


if __name__ == "__main__":
    try:
        main()
    except ProdsimError as error:
        sys.exit(str(error))
