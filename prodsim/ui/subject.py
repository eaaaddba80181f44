"""What is asked, with what it stands for: the product, the photos or the words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PIL import Image

from prodsim.catalog import Catalog, Product
from prodsim.errors import ImageError, QueryError
from prodsim.search import MAX_PHOTOS, NO_MARKS, Marks, Photo, PhotosQuery, ProductQuery, Query, WordsQuery
from prodsim.ui import album, resources
from prodsim.ui.chosen import Asked

T = TypeVar("T")


@dataclass(frozen=True)
class Subject:
    """One of the three; none of them if nothing is asked, or what is there no more: a product that left the catalog, a
    photo of another session; or photos that cannot be used.
    `problems`: sentences on photos that are left out.
    """

    product: Product | None = None
    photos: tuple[Photo, ...] = ()
    words: str = ""
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, asked: Asked, catalog: Catalog) -> "Subject":
        """The subject of a query of this catalog. Photos are decoded, unless they were. Busy."""
        product = catalog.product(asked.product) if asked.product in catalog.rows else None
        photos, problems = _usable(asked.photo)
        return cls(product, photos, asked.words, problems)

    @property
    def name(self) -> str:
        """What it is called; empty if there is none."""
        if self.product:
            return self.product.name
        if self.photos:
            return "Your photo" if len(self.photos) == 1 else f"Your {len(self.photos)} photos"
        return f"“{self.words}”" if self.words else ""

    @property
    def picture(self) -> bytes | None:
        """JPEG bytes of the product or the first photo; None if there is none to show."""
        if self.product:
            return resources.picture(self.product.image)
        return self.photos[0].look().cropped if self.photos else None

    def made_of_product(self, make: Callable[[Image.Image], T]) -> T:
        """What `make` makes of the product's picture that is searched with: the first one that can be used. ImageError,
        of the main one, if none can.
        """
        assert self.product, "the query is a product"
        failed: list[ImageError] = []
        for image in self.product.images:
            try:
                return resources.made_of(image, make)
            except ImageError as error:
                failed.append(error)
        raise failed[0]

    def query(self, marks: Marks = NO_MARKS) -> Query | None:
        """What is searched with; None if there is nothing."""
        if self.product:
            return ProductQuery(self.product.id, marks)
        if self.photos:
            return PhotosQuery(self.photos, marks)
        return WordsQuery(self.words) if self.words else None


def _usable(token: str) -> tuple[tuple[Photo, ...], tuple[str, ...]]:
    photos, problems = [], []
    for given in album.photos(token):
        try:
            photos.append(given.photo)
        except QueryError as error:
            problems.append(str(error))
    resources.look_at(photos)
    usable = []
    for photo in photos:
        try:
            photo.look()
            usable.append(photo)
        except ImageError as error:
            problems.append(str(error))
    if more := album.left_out(token):
        problems.append(
            f"A query takes {MAX_PHOTOS} photos, and {MAX_PHOTOS + more} were given. The first {MAX_PHOTOS} are "
            "searched with."
        )
    return tuple(usable), tuple(problems)
