"""The optimizer of the convolutions."""

from collections.abc import Iterable

import torch
from torch import Tensor

STEPS = 5
"""Of the iteration; after five, singular values are between 0.7 and 1.2."""
TINY = 1e-12
"""So that no gradient means no step."""


class Muon(torch.optim.Optimizer):
    """Momentum made orthogonal (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon): a step goes equally far
    in all directions that the gradients name, however faint they are, so that fewer steps are needed.

    For kernels (outputs, inputs, height, width), channels last, that a normalization follows: only their direction
    counts, so their length is kept at `sqrt(outputs)`, and the rate `lr` is the share of it that a step moves.
    """

    def __init__(self, kernels: Iterable[Tensor], lr: float = 0.02, momentum: float = 0.9) -> None:
        super().__init__(kernels, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]  # there is nothing to evaluate again
        """Once for each kernel that has a gradient."""
        for group in self.param_groups:
            for kernel in group["params"]:
                if kernel.grad is None:
                    continue
                kept = self.state[kernel].setdefault("momentum", torch.zeros_like(kernel))
                rows, gradient, momentum = (_rows(each) for each in (kernel, kernel.grad, kept))
                momentum.lerp_(gradient, 1 - group["momentum"])
                turn = orthogonal(gradient.lerp(momentum, group["momentum"]))
                length = len(rows) ** 0.5
                rows.mul_(length / rows.norm()).sub_(turn.mul_(group["lr"] * length / (turn.norm() + TINY)))


def _rows(kernel: Tensor) -> Tensor:
    """A view, a row for each output, in the order in which channels that come last lie in memory."""
    return kernel.permute(0, 2, 3, 1).view(len(kernel), -1)


def orthogonal(matrix: Tensor) -> Tensor:
    """About the nearest matrix whose rows (columns, if they are fewer) are orthonormal; the same shape.

    The Newton-Schulz iteration of Jordan et al., which drives all singular values toward one, done on the square matrix
    of inner products, which is the cheaper the longer the rows are.
    """
    if len(matrix) > matrix.shape[1]:
        return orthogonal(matrix.T).T
    matrix = matrix / (matrix.norm() + TINY)
    products = matrix @ matrix.T
    whole = torch.eye(len(matrix), device=matrix.device)
    for _ in range(STEPS):
        step = torch.addmm(products, products, products, beta=-4.7750, alpha=2.0315)
        step.diagonal().add_(3.4445)
        whole = step @ whole
        products = step @ products @ step
    return whole @ matrix
