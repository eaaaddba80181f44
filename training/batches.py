"""What is looked at in each step: which products and photos, and how they look this time."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.augment import in_studio, lift, look, relight, to_float
from training.data import Photos, Products
from training.recipe import Recipe


@dataclass(frozen=True, eq=False)
class Batch:
    """`pictures`: float32 (n + m, 3, h, w), products first; `products`, `photos`: their rows, int64 (n,) and (m,)."""

    pictures: Tensor
    products: Tensor
    photos: Tensor

    def to(self, device: torch.device) -> "Batch":
        """The same on another device."""
        pictures = self.pictures.to(device, memory_format=torch.channels_last)
        return Batch(pictures, self.products.to(device), self.photos.to(device))


class Batches:
    """Every step draws from a generator seeded with the run's seed and the step, whatever was drawn before it."""

    def __init__(self, products: Products, photos: Photos, recipe: Recipe) -> None:
        self.products, self.photos = torch.from_numpy(products.pictures), torch.from_numpy(photos.pictures)
        self.recipe = recipe

    @property
    def an_epoch(self) -> int:
        """Steps in which every product is seen once, but for those that do not fill a batch."""
        return max(len(self.products) // self.recipe.products, 1)

    def of(self, step: int, size: tuple[int, int]) -> Batch:
        """The batch of this step, its pictures of `size` (height, width)."""
        draw = torch.Generator().manual_seed(self.recipe.seed * 1_000_003 + step)
        products = self._some(len(self.products), self.recipe.products, step, kind=0)
        photos = self._some(len(self.photos), self.recipe.photos, step, kind=1)
        return Batch(self._look(self.products[products], self.photos[photos], size, draw), products, photos)

    def _some(self, n: int, wanted: int, step: int, kind: int) -> Tensor:
        """Rows of one batch: batches go through a permutation of all n, and what fills none waits for another one."""
        in_all = max(n // wanted, 1)
        order = np.random.default_rng([self.recipe.seed, kind, step // in_all]).permutation(n)
        at = step % in_all * wanted
        return torch.from_numpy(order[at : at + wanted])

    def _look(self, products: Tensor, photos: Tensor, size: tuple[int, int], draw: torch.Generator) -> Tensor:
        recipe = self.recipe
        garments, scenes = to_float(products), to_float(photos)
        grounds = scenes[torch.randint(len(scenes), (len(garments),), generator=draw)]
        garments, lifted = lift(in_studio(garments, recipe.studio, draw), grounds, recipe.lifted, draw)
        garments = look(garments, size, zoom=recipe.product_zoom, turn=recipe.product_turn, draw=draw)
        scenes = look(scenes, size, zoom=recipe.photo_zoom, turn=recipe.photo_turn, draw=draw)
        strength = torch.where(lifted, recipe.other_light, recipe.clean_light)
        strength = torch.cat([strength, torch.full((len(scenes),), recipe.other_light)])
        return relight(torch.cat([garments, scenes]), strength, draw)
