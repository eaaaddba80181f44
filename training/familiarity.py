"""Whether a picture shows what the encoder was made for, told from drawings of other things.

Logistic regression (scikit-learn) on the mean and the maximum over places of what the network pools. The drawings are
the negatives ("outlier exposure", Hendrycks et al. 2019, arXiv:1812.04606, after training instead of during it).
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from prodsim.encoders import encoder_spec
from prodsim.images import fit as fit_picture
from training.data import Photos, Products
from training.measure import run
from training.network import Network
from training.splits import Split
from training.strangers import STRANGERS, drawn

EACH = 180
"""Drawings of each kind: about as many as there are photos."""

REFUSED = 0.05
"""Share of the development photos that fall below zero: half of what may be refused in all. The encoder resizes
a photo once and not twice and refuses a little more, and what is too far from the catalog is refused as well.
"""

PENALTY = 0.03
"""scikit-learn's C."""


@dataclass(frozen=True, eq=False)
class Familiarity:
    """`kernel`: float32 (2 * channels,); `bias`: float32 (1,). Below 0: more like the drawings."""

    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]


def learn(network: Network, products: Products, photos: Photos, size: tuple[int, int], seed: int) -> Familiarity:
    """From training products and photos against STRANGERS; zero is set by development photos. `size`: (height, width).

    Equals `StandardScaler` and `LogisticRegression` in a pipeline, folded into one linear function.
    """
    spec = encoder_spec("mini")
    random = np.random.default_rng(seed)
    scenes = photos.of(Split.TRAIN).pictures
    garments = products.of(Split.TRAIN).pictures
    garments = garments[random.permutation(len(garments))[: len(scenes)]]
    others = [
        np.asarray(fit_picture(picture, spec.input_size, spec.resample, spec.fitting))
        for pictures in drawn(STRANGERS, EACH, seed).values()
        for picture in pictures
    ]
    known = np.concatenate([_describe(network, each, size) for each in (garments, scenes)])
    strange = _describe(network, np.stack(others), size)
    described = np.concatenate([known, strange])
    mean, deviation = described.mean(axis=0), described.std(axis=0) + 1e-6
    model = LogisticRegression(C=PENALTY, class_weight="balanced", max_iter=3000)
    model.fit((described - mean) / deviation, np.arange(len(described)) < len(known))
    kernel = model.coef_[0] / deviation
    bias = float(model.intercept_[0] - mean @ kernel)
    held = photos.of(Split.DEVELOPMENT).pictures
    if len(held):
        bias = -float(np.quantile(_describe(network, held, size) @ kernel, REFUSED))
    return Familiarity(kernel.astype(np.float32), np.array([bias], dtype=np.float32))


def _describe(network: Network, pictures: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.float64]:
    """Mean and maximum over places, (n, 2 * channels)."""

    def describe(batch: torch.Tensor) -> torch.Tensor:
        features = network.features(batch)
        return torch.cat([features.mean(dim=(2, 3)), features.amax(dim=(2, 3))], dim=1)

    device = next(network.parameters()).device
    return run(describe, pictures, size, device).cpu().numpy().astype(np.float64)
