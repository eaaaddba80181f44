"""Every number of the recipe in one place."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """What decides the result, beside the data. Shares are of the steps before the restart unless said otherwise."""

    seed: int = 0
    epochs: int = 26
    restart_epochs: int = 4
    """The last of them, in which the rates fall once more (Loshchilov & Hutter 2017, arXiv:1608.03983)."""
    products: int = 116  # in each batch
    photos: int = 12
    sizes: tuple[tuple[float, tuple[int, int]], ...] = ((0.33, (48, 36)), (0.58, (64, 48)), (1.0, (80, 60)))
    """(until this share, (height, width)): small pictures first, as they cost less and teach the coarse."""

    rate: float = 4e-3
    turn: float = 0.02
    """The rates at their highest: AdamW's, and that of `Muon` for the convolutions."""
    warm_up: float = 0.05
    restart_pace: float = 0.3
    """The share of both rates that the restart begins with."""
    weight_decay: float = 0.05
    averaging: float = 0.998
    """Of the weights: what is kept of the average at each step."""

    lifted: float = 0.1
    studio: float = 0.1
    """The shares of products that are laid onto any ground, and onto that of a studio."""

    product_zoom: tuple[float, float] = (0.88, 1.08)
    photo_zoom: tuple[float, float] = (0.55, 1.05)
    product_turn: float = 0.04
    photo_turn: float = 0.25
    clean_light: float = 0.03
    other_light: float = 0.25

    scale: float = 16.0
    """Cosines are multiplied by this before a softmax."""

    color_margin: float = 0.1
    heads: tuple[tuple[str, float], ...] = (
        *(("articleType", 1.5), ("baseColour", 1.0), ("subCategory", 0.2), ("gender", 0.3), ("usage", 0.1)),
    )
    """(attribute, what its loss counts)."""

    photo_class: float = 0.8
    teacher: float = 2.0
    """At the start."""

    memory: int = 6144
    rivals: int = 256
    """So many of those in memory compete to be a product's neighbors, as in a small catalog: of thousands, the nearest
    are of its type anyway.
    """

    neighbors: float = 0.8
    neighbors_from: float = 0.15
    """The memory of embeddings is used from this share on, when they no longer change fast."""

    within: float = 0.125
    """The power of the covariance within a class by which the embedding is evened out at the end."""

    @property
    def first_epochs(self) -> int:
        """Those before the restart; a run of few epochs has at least one."""
        return max(self.epochs - self.restart_epochs, 1)

    def size_at(self, share: float) -> tuple[int, int]:
        """(height, width) of the pictures when this share of the steps is done."""
        return next((size for until, size in self.sizes if share < until), self.sizes[-1][1])

    def pace_at(self, share: float) -> float:
        """The share of both rates: up in a line while warming up, then down along half a cosine, and, from the restart
        at 1 on, along another one.
        """
        if share < self.warm_up:
            return share / self.warm_up
        if share < 1:
            return _down((share - self.warm_up) / (1 - self.warm_up))
        return self.restart_pace * _down((share - 1) * self.first_epochs / (self.epochs - self.first_epochs))

    def teacher_at(self, share: float) -> float:
        """What the teacher counts: down along half a cosine, and nothing from the restart on."""
        return self.teacher * _down(min(share, 1.0))


def _down(share: float) -> float:
    """From 1 to 0 along half a cosine."""
    return (1 + math.cos(math.pi * share)) / 2
