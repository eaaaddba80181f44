"""Clothes told from drawings of other things."""

import math

import numpy as np
import pytest

from tests.needs import need_torch

need_torch()

import torch  # noqa: E402 - not before it is known to be here

from prodsim.catalog import read_catalog  # noqa: E402
from training import familiarity  # noqa: E402
from training.augment import to_float  # noqa: E402
from training.data import read_photos, read_products  # noqa: E402
from training.network import Network  # noqa: E402
from training.splits import Split  # noqa: E402
from training.strangers import STRANGERS, drawn  # noqa: E402

SIZE = (80, 60)


@pytest.fixture(scope="module")
def read(demo, photos):
    return read_products(read_catalog(demo)), read_photos(photos, (60, 80))


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    return Network().eval()


def values(network, learned, pictures):
    with torch.inference_mode():
        features = network.features(to_float(torch.from_numpy(np.stack(pictures)))).numpy()
    return np.concatenate([features.mean((2, 3)), features.max((2, 3))], axis=1) @ learned.kernel + learned.bias


def test_it_is_above_zero_for_most_clothes_and_below_for_most_drawings(read, network, monkeypatch):
    monkeypatch.setattr(familiarity, "EACH", 6)
    products, photos = read
    learned = familiarity.learn(network, products, photos, SIZE, seed=0)
    others = [np.asarray(picture.resize((60, 80))) for kind in drawn(STRANGERS, 3, seed=1).values() for picture in kind]
    known = values(network, learned, products.of(Split.TRAIN).pictures[:60])
    strange = values(network, learned, others)
    assert np.mean(known > np.median(strange)) > 0.8


def test_zero_lies_where_few_development_photos_are_below(read, network, monkeypatch):
    monkeypatch.setattr(familiarity, "EACH", 2)
    monkeypatch.setattr(familiarity, "REFUSED", 0.25)
    products, photos = read
    learned = familiarity.learn(network, products, photos, SIZE, seed=0)
    held = values(network, learned, photos.of(Split.DEVELOPMENT).pictures)
    assert 0 < np.sum(held < 0) <= math.ceil(0.25 * len(held))


@pytest.mark.parametrize("kind", STRANGERS)
def test_every_drawing_is_rgb_another_one_each_time_and_the_same_again_for_the_same_seed(kind):
    one, other, again = (drawn({kind: STRANGERS[kind]}, 4, seed)[kind] for seed in (0, 1, 0))
    assert {picture.mode for picture in one} == {"RGB"}
    assert len({picture.tobytes() for picture in [*one, *other]}) == 8
    assert [picture.tobytes() for picture in one] == [picture.tobytes() for picture in again]
