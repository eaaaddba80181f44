"""How good the neighbors are, on the development split: what choices are made by."""

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.augment import to_float
from training.data import Photos, Products
from training.splits import PHOTO_CLASSES

K = 5


@torch.inference_mode()
def run(
    network: Callable[[Tensor], Tensor], pictures: NDArray[np.uint8], size: tuple[int, int], device: torch.device
) -> Tensor:
    """uint8 (n, h, w, 3) -> what the network says of each at `size` (height, width), batch by batch: (n, ...)."""
    parts = []
    for start in range(0, len(pictures), 256):
        batch = to_float(torch.from_numpy(pictures[start : start + 256]).to(device))
        if batch.shape[2:] != size:
            batch = nn.functional.interpolate(batch, size, mode="bilinear", antialias=True)
        parts.append(network(batch.contiguous(memory_format=torch.channels_last)))
    return torch.cat(parts)


def precision(queries: Tensor, gallery: Tensor, right: Tensor) -> float:
    """P@5: share of the five nearest in the gallery that are right, bool (queries, gallery); mean over queries."""
    nearest = (queries @ gallery.T).topk(min(K, len(gallery)), dim=1).indices
    return float(right.gather(1, nearest.to(right.device)).float().mean())


def watch(
    network: nn.Module,
    gallery: Products,
    products: Products,
    photos: Photos,
    size: tuple[int, int],
    device: torch.device,
) -> dict[str, float]:
    """Development products and photos as queries against the gallery: P@5 by type, type and color, photo class."""
    network.eval()
    known = run(network, gallery.pictures, size, device)
    found = {}
    if len(products.ids):
        queries = run(network, products.pictures, size, device)
        kind, color = (
            same(torch.from_numpy(products.codes[each]), torch.from_numpy(gallery.codes[each]))
            for each in ("articleType", "baseColour")
        )
        found["type"] = precision(queries, known, kind)
        found["type and color"] = precision(queries, known, kind & color)
    if len(photos.paths):
        queries = run(network, photos.pictures, size, device)
        found["photo class"] = precision(queries, known, torch.from_numpy(members(gallery)[photos.classes]))
    return found


def same(one: Tensor, other: Tensor) -> Tensor:
    """Codes (n,) and (m,) -> bool (n, m): where they are the same label; none is the same as none."""
    return (one[:, None] == other[None]) & (one >= 0)[:, None]


def right_types(products: Products) -> NDArray[np.bool_]:
    """Which types, by code, are right for which photo class: bool (classes, types + 1); the last is for code -1."""
    names = products.names["articleType"]
    return np.array([[name in accepted for name in names] + [False] for accepted in PHOTO_CLASSES.values()])


def members(products: Products) -> NDArray[np.bool_]:
    """Which products are right for which photo class: bool (classes, n)."""
    return right_types(products)[:, products.codes["articleType"]]
