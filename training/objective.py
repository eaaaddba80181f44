"""What the embedding is judged by: its attributes, its neighbors, and whether it agrees with the teacher."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.batches import Batch
from training.data import Photos, Products
from training.losses import CosineSoftmax, Memory, any_of
from training.measure import members, right_types, same
from training.recipe import Recipe

TYPE, COLOR = "articleType", "baseColour"

Taught = tuple[NDArray[np.float32], NDArray[np.float32]]
"""The teacher's vectors of the products and of the photos."""


@dataclass(frozen=True, eq=False)
class Labels:
    """What is known of the training products and photos, all on one device.

    `codes`: attribute -> int64 (products,), -1 for none; `classes`: int64 (photos,); `right_types`: bool (classes,
    types) and `members`: bool (classes, products), what is right for which class; `taught`: float32, rows as above.
    """

    codes: Mapping[str, Tensor]
    classes: Tensor
    right_types: Tensor
    members: Tensor
    taught: tuple[Tensor, Tensor]

    @staticmethod
    def of(products: Products, photos: Photos, taught: Taught, device: torch.device) -> "Labels":
        """Of these products and photos."""

        def tensor(values: NDArray[np.generic]) -> Tensor:
            return torch.from_numpy(values).to(device)

        return Labels(
            {name: tensor(codes) for name, codes in products.codes.items()},
            tensor(photos.classes),
            tensor(right_types(products)[:, :-1]),
            tensor(members(products)),
            (tensor(taught[0]), tensor(taught[1])),
        )


class Objective(nn.Module):
    """Its heads, its way to the teacher's space and its memory learn along with the network."""

    def __init__(self, dim: int, classes: Mapping[str, int], taught_dim: int, recipe: Recipe) -> None:
        """`classes`: how many each attribute has."""
        super().__init__()
        self.recipe = recipe
        margins = {COLOR: recipe.color_margin}
        self.heads = nn.ModuleDict(
            {
                name: CosineSoftmax(dim, max(classes[name], 1), recipe.scale, margins.get(name, 0.0))
                for name, _ in recipe.heads
            }
        )
        self.to_teacher = nn.Linear(dim, taught_dim, bias=False)
        self.memory = Memory(recipe.memory, dim)

    def forward(self, embeddings: Tensor, batch: Batch, labels: Labels, share: float) -> dict[str, Tensor]:
        """Weighted losses by name; `share` of the steps before the restart is over, 1 and more after it."""
        recipe = self.recipe
        garments, scenes = embeddings[: len(batch.products)], embeddings[len(batch.products) :]
        terms = {
            name: weight * self._head(name).loss(garments, labels.codes[name][batch.products])
            for name, weight in recipe.heads
        }
        right = labels.right_types[labels.classes[batch.photos]]
        terms["photo"] = recipe.photo_class * any_of(self._head(TYPE)(scenes), right)
        taught = torch.cat([labels.taught[0][batch.products], labels.taught[1][batch.photos]])
        agreed = functional.cosine_similarity(self.to_teacher(embeddings), taught).mean()
        terms["teacher"] = recipe.teacher_at(share) * (1 - agreed)
        if share >= recipe.neighbors_from:
            terms["neighbors"] = recipe.neighbors * self._neighbors(garments, scenes, batch, labels)
        self.memory.add(garments, batch.products)
        return terms

    def _head(self, name: str) -> CosineSoftmax:
        return cast(CosineSoftmax, self.heads[name])

    def _neighbors(self, garments: Tensor, scenes: Tensor, batch: Batch, labels: Labels) -> Tensor:
        """Nearest in memory should be of the same type, of the same type and color, of the photo's class."""
        filled = self.memory.rows >= 0
        rows, vectors = self.memory.rows[filled], self.memory.vectors[filled]
        itself = batch.products[:, None] == rows[None]
        near = (self.recipe.scale * garments @ vectors.T).masked_fill(itself, -torch.inf)
        kind, color = (same(codes[batch.products], codes[rows]) for codes in (labels.codes[TYPE], labels.codes[COLOR]))
        groups = max(len(rows) // self.recipe.rivals, 1)
        of_kind, of_both = (any_of(near, each & ~itself, groups) for each in (kind, kind & color))
        right = labels.members[labels.classes[batch.photos]][:, rows]
        of_photos = any_of(self.recipe.scale * scenes @ vectors.T, right)
        return of_kind + of_both + self.recipe.photo_class * of_photos
