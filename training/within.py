"""The last step: what differs among products of the same type and color counts less in the embedding.

Within-class covariance normalization (Hatch, Kajarekar, Stolcke 2006), in part: by a small power of the covariance,
since its inverse as a whole would make the most of noise. It is linear, so that the linear layer takes it in.
"""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from training.data import Products
from training.measure import run
from training.network import Network

RIDGE = 0.05
"""Of the mean variance, added to all: so that no direction is without any."""


def even_out(network: Network, products: Products, size: tuple[int, int], power: float) -> None:
    """Changes the network's linear layer, by products it learned from, at `size` (height, width).

    `power` of the covariance: 0 changes nothing, 0.5 makes all directions differ as much within a class.
    """
    weight = network.embed.weight
    embeddings = run(network, products.pictures, size, weight.device).cpu().numpy()
    covariance = within(embeddings, [products.codes[each] for each in ("articleType", "baseColour")])
    evened = torch.from_numpy(inverse_power(covariance, power)).to(weight)
    with torch.no_grad():
        weight.copy_(evened @ weight)


def within(embeddings: NDArray[np.floating], codes: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    """Covariance (d, d) of embeddings (n, d) around the means of their classes: those whose codes (n,) are all equal.

    A row with a code of -1 is in no class. Zero where no class has two members.
    """
    known = np.all([each >= 0 for each in codes], axis=0)
    rows = embeddings[known].astype(np.float64)
    _, of_row, members = np.unique(
        np.stack([each[known] for each in codes], axis=1), axis=0, return_inverse=True, return_counts=True
    )
    means = np.zeros((len(members), rows.shape[1]))
    np.add.at(means, of_row, rows / members[of_row, None])
    left = rows - means[of_row]
    return left.T @ left / max(len(rows) - len(members), 1)


def inverse_power(covariance: NDArray[np.float64], power: float) -> NDArray[np.float64]:
    """`covariance ** -power` (d, d), with the ridge, scaled to a determinant of one; the identity if it is zero."""
    values, vectors = np.linalg.eigh(covariance)
    mean = values.mean()
    if mean <= 0:
        return np.eye(len(values))
    logarithms = np.log(values.clip(min=0) + RIDGE * mean)
    scaled: NDArray[np.float64] = (vectors * np.exp(power * (logarithms.mean() - logarithms))) @ vectors.T
    return scaled
