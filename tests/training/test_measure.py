"""Precision at 5 against its definition, and whose labels are the same."""

import numpy as np
import pytest

from tests.needs import need_torch

need_torch()

import torch  # noqa: E402 - not before it is known to be here

from training.data import Products  # noqa: E402
from training.measure import members, precision, same  # noqa: E402
from training.recipe import Recipe  # noqa: E402
from training.splits import PHOTO_CLASSES  # noqa: E402


def test_precision_is_the_share_of_the_five_nearest_that_are_right():
    random = np.random.default_rng(0)
    queries, gallery = random.normal(size=(7, 4)), random.normal(size=(20, 4))
    right = random.random((7, 20)) < 0.3
    expected = []
    for query, mine in zip(queries, right, strict=True):
        nearest = sorted(range(20), key=lambda row: -(gallery[row] @ query))[:5]
        expected.append(sum(mine[row] for row in nearest) / 5)
    found = precision(*(torch.from_numpy(each) for each in (queries, gallery, right)))
    assert found == pytest.approx(np.mean(expected))


def test_none_is_the_same_label_as_none_but_a_label_is_as_itself():
    found = same(torch.tensor([0, 1, -1]), torch.tensor([1, -1]))
    assert found.tolist() == [[False, False], [True, False], [False, False]]


def test_members_of_a_class_are_the_products_of_its_types():
    names = {"articleType": ("Jeans", "Shirts", "Watches")}
    products = Products(
        ("1", "2", "3", "4"), np.zeros((4, 1, 1, 3), np.uint8), {"articleType": np.array([1, 0, 2, -1])}, names
    )
    found = dict(zip(PHOTO_CLASSES, members(products).tolist(), strict=True))
    assert found["pants"] == [False, True, False, False]
    assert found["shirt"] == found["longsleeve"] == [True, False, False, False]
    assert found["hat"] == [False] * 4


def test_the_pace_rises_to_its_height_and_falls_to_nothing():
    recipe = Recipe(warm_up=0.1)
    assert recipe.pace_at(0) == 0 and recipe.pace_at(0.05) == pytest.approx(0.5)
    assert recipe.pace_at(0.1) == pytest.approx(1) and recipe.pace_at(0.55) == pytest.approx(0.5)
    assert recipe.pace_at(0.9999) < 1e-6


def test_from_the_restart_on_the_pace_falls_once_more_and_the_teacher_counts_for_nothing():
    recipe = Recipe(epochs=8, restart_epochs=2, restart_pace=0.4)
    assert recipe.pace_at(1) == pytest.approx(0.4) and recipe.pace_at(7 / 6) == pytest.approx(0.2)
    assert recipe.pace_at(8 / 6 - 1e-4) < 1e-6
    assert recipe.teacher_at(0) == recipe.teacher and recipe.teacher_at(1) == recipe.teacher_at(1.2) == 0


def test_a_run_too_short_for_the_restart_has_one_epoch_before_it():
    assert [Recipe(epochs=epochs, restart_epochs=4).first_epochs for epochs in (1, 3, 5, 6)] == [1, 1, 1, 2]


def test_pictures_grow_when_their_share_of_the_steps_is_over():
    recipe = Recipe(sizes=((0.5, (32, 24)), (1.0, (48, 36))))
    assert [recipe.size_at(share) for share in (0, 0.49, 0.5, 0.99, 1.1)] == [(32, 24)] * 2 + [(48, 36)] * 3
