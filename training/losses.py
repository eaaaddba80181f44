"""The losses that the objective is made of, and the memory that neighbors come from."""

import torch
from torch import Tensor, nn
from torch.nn import functional


class CosineSoftmax(nn.Module):
    """Classes as directions: softmax over scaled cosines (Wang et al. 2018, arXiv:1801.09414)."""

    def __init__(self, dim: int, classes: int, scale: float, margin: float = 0.0) -> None:
        super().__init__()
        self.directions = nn.Parameter(torch.randn(classes, dim))
        self.scale, self.margin = scale, margin

    def forward(self, embeddings: Tensor) -> Tensor:
        """Unit vectors (n, dim) -> logits (n, classes)."""
        return self.scale * embeddings @ functional.normalize(self.directions).T

    def loss(self, embeddings: Tensor, codes: Tensor) -> Tensor:
        """Cross entropy with the margin taken from the right class; codes of -1 do not count."""
        known = codes >= 0
        right = functional.one_hot(codes.clamp(min=0), len(self.directions))
        logits = self(embeddings) - self.scale * self.margin * right
        return functional.cross_entropy(logits[known], codes[known]) if known.any() else logits.sum() * 0


def any_of(logits: Tensor, accepted: Tensor, groups: int = 1) -> Tensor:
    """-log of the summed probability of the accepted columns, mean over rows that have one.

    float32 (n, m) and bool (n, m); columns at -inf do not take part. Columns compete within each of `groups`, equally
    large in their order, without the few that are left over: a row's loss is the mean over its groups that have one.
    """
    rows, size = len(logits), logits.shape[1] // groups
    logits, accepted = (each[:, : groups * size].reshape(rows, groups, size) for each in (logits, accepted))
    has = accepted.any(dim=2)
    share = (has / has.sum(dim=1, keepdim=True))[has]
    logits, accepted = logits[has], accepted[has]
    lost = logits.logsumexp(dim=1) - logits.masked_fill(~accepted, -torch.inf).logsumexp(dim=1)
    return (share * lost).sum() / has.any(dim=1).sum().clamp(min=1)


class Memory(nn.Module):
    """The last embeddings and what they are of: candidates to be neighbors of (Wang et al. 2020, arXiv:1912.06798).

    With `any_of` over scaled cosines: neighborhood components analysis (Goldberger et al. 2004).
    """

    def __init__(self, size: int, dim: int) -> None:
        super().__init__()
        self.register_buffer("vectors", torch.zeros(size, dim))
        self.register_buffer("rows", torch.full((size,), -1))
        self.register_buffer("next", torch.zeros((), dtype=torch.int64))
        self.vectors: Tensor
        self.rows: Tensor
        self.next: Tensor

    def add(self, vectors: Tensor, rows: Tensor) -> None:
        """Embeddings (n, dim) of products, and the products' rows (n,); the oldest make room."""
        places = (int(self.next) + torch.arange(len(rows), device=rows.device)) % len(self.rows)
        self.vectors[places], self.rows[places] = vectors.detach(), rows
        self.next += len(rows)
