"""What the embedding is judged by, on a handful of labels, against definitions written out naively."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.needs import need_torch

need_torch()

import torch  # noqa: E402 - not before it is known to be here
from torch.nn import functional  # noqa: E402

from training.batches import Batch  # noqa: E402
from training.data import Photos, Products  # noqa: E402
from training.objective import Labels, Objective  # noqa: E402
from training.recipe import Recipe  # noqa: E402
from training.splits import PHOTO_CLASSES  # noqa: E402

DIM = 6
TYPES, COLORS = [0, 0, 0, 1, 1, -1], [0, 1, 0, 0, -1, 0]
NAMES = {
    "articleType": ("Jeans", "Shirts"),
    "baseColour": ("Red", "Blue"),
    **dict.fromkeys(("subCategory", "gender", "usage"), ("any",)),
}
RECIPE = Recipe(neighbors=1.0, photo_class=1.0, memory=10)
BATCH = Batch(torch.empty(0), torch.tensor([0, 3, 4]), torch.tensor([0, 1]))


def unit(rows, seed):
    return functional.normalize(torch.randn(rows, DIM, generator=torch.Generator().manual_seed(seed)))


@pytest.fixture
def labels():
    codes = {name: np.zeros(6, dtype=np.int64) for name in NAMES} | {
        "articleType": np.array(TYPES),
        "baseColour": np.array(COLORS),
    }
    products = Products(tuple("abcdef"), np.zeros((6, 1, 1, 3), np.uint8), codes, NAMES)
    classes = np.array([list(PHOTO_CLASSES).index(name) for name in ("pants", "shirt")])
    photos = Photos(("p", "q"), np.zeros((2, 1, 1, 3), np.uint8), classes)
    taught = tuple(unit(rows, seed).numpy() for rows, seed in ((6, 1), (2, 2)))
    return Labels.of(products, photos, taught, torch.device("cpu"))


@pytest.fixture
def objective():
    torch.manual_seed(0)
    return Objective(DIM, {name: len(names) for name, names in NAMES.items()}, DIM, RECIPE)


def share(weights, right):
    return sum(weight for weight, good in zip(weights, right, strict=True) if good) / sum(weights)


def test_neighbors_are_judged_by_type_by_type_and_color_and_by_class(objective, labels):
    garments, scenes, memory = unit(3, 3), unit(2, 4), unit(6, 5)
    objective.memory.add(memory, torch.arange(6))

    def near(query, itself=None):
        return [0 if row == itself else math.exp(16 * float(query @ memory[row])) for row in range(6)]

    by_type, by_both = [], []
    for query, row in zip(garments, BATCH.products.tolist(), strict=True):
        kind = [TYPES[row] == each != -1 for each in TYPES]
        both = [good and COLORS[row] == each != -1 for good, each in zip(kind, COLORS, strict=True)]
        for found, right in ((by_type, kind), (by_both, both)):
            right[row] = False
            if any(right):
                found.append(-math.log(share(near(query, row), right)))
    by_class = [
        -math.log(share(near(scene), [each == code for each in TYPES]))
        for scene, code in zip(scenes, (0, 1), strict=True)
    ]
    expected = np.mean(by_type) + np.mean(by_both) + np.mean(by_class)
    terms = objective(torch.cat([garments, scenes]), BATCH, labels, share=0.5)
    assert float(terms["neighbors"].detach()) == pytest.approx(expected, rel=1e-4)


def test_the_products_in_memory_compete_by_so_many_at_once(labels):
    found = []
    for rivals in (256, 3, 2):
        torch.manual_seed(0)
        classes = {name: len(names) for name, names in NAMES.items()}
        objective = Objective(DIM, classes, DIM, replace(RECIPE, rivals=rivals))
        objective.memory.add(unit(6, 5), torch.arange(6))
        found.append(float(objective(unit(5, 6), BATCH, labels, share=0.5)["neighbors"].detach()))
    assert found[0] > found[1] > found[2]


def test_neighbors_do_not_count_while_embeddings_change_fast(objective, labels):
    objective.memory.add(unit(6, 5), torch.arange(6))
    assert "neighbors" not in objective(unit(5, 6), BATCH, labels, share=RECIPE.neighbors_from / 2)


def test_a_step_is_remembered_for_the_next(objective, labels):
    embeddings = unit(5, 6)
    objective(embeddings, BATCH, labels, share=0.0)
    assert objective.memory.rows.tolist()[:4] == [0, 3, 4, -1]
    assert (objective.memory.vectors[:3] == embeddings[:3]).all()


def test_the_teacher_counts_less_and_less(objective, labels):
    found = [float(objective(unit(5, 6), BATCH, labels, share)["teacher"].detach()) for share in (0.0, 0.5, 0.999)]
    assert found[0] > found[1] > found[2]
    assert found[1] == pytest.approx(found[0] / 2, rel=1e-4) and found[2] == pytest.approx(0, abs=1e-4)
