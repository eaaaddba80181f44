"""What differs among products of one type and color counts less, and nothing else is changed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.needs import need_torch

need_torch()

import torch  # noqa: E402 - not before it is known to be here

from prodsim.catalog import read_catalog  # noqa: E402
from training.data import read_products  # noqa: E402
from training.measure import run  # noqa: E402
from training.network import Network  # noqa: E402
from training.within import even_out, inverse_power, within  # noqa: E402

SIZE = (32, 24)


@given(st.integers(0, 2**32 - 1), st.integers(2, 30), st.integers(1, 4))
def test_the_covariance_within_classes_is_that_around_their_means(seed, n, classes):
    random = np.random.default_rng(seed)
    rows, code = random.normal(size=(n, 3)), random.integers(classes, size=n)
    expected = sum(
        (code == each).sum() * np.cov(rows[code == each].T, bias=True)
        for each in range(classes)
        if (code == each).any()
    )
    found = within(rows, [code, np.zeros(n, dtype=np.int64)])
    np.testing.assert_allclose(found, expected / max(n - len(set(code)), 1), atol=1e-12)


def test_classes_are_those_of_equal_codes_and_unknown_ones_are_in_none():
    rows = np.array([[0.0], [2.0], [10.0], [14.0], [99.0], [7.0]])
    kind, color = np.array([0, 0, 0, 0, 0, -1]), np.array([0, 0, 1, 1, -1, 0])
    np.testing.assert_allclose(within(rows, [kind, color]), [[(1 + 1 + 4 + 4) / 2]])


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 0.5))
def test_directions_that_differ_more_within_a_class_are_made_smaller_and_the_whole_keeps_its_size(seed, power):
    random = np.random.default_rng(seed)
    turned, _ = np.linalg.qr(random.normal(size=(4, 4)))
    values = np.sort(random.uniform(0.1, 10, size=4))
    evened = turned.T @ inverse_power(turned * values @ turned.T, power) @ turned
    np.testing.assert_allclose(evened - np.diag(evened.diagonal()), 0, atol=1e-9)
    assert (np.diff(evened.diagonal()) <= 1e-12).all()
    assert np.linalg.det(evened) == pytest.approx(1)


def test_without_a_power_or_any_difference_nothing_is_changed():
    np.testing.assert_allclose(inverse_power(np.diag([1.0, 4.0]), 0.0), np.eye(2))
    np.testing.assert_array_equal(inverse_power(np.zeros((3, 3)), 0.5), np.eye(3))


def test_products_of_one_type_and_color_come_nearer_to_each_other_than_to_others(demo):
    torch.manual_seed(0)
    network, products = Network().eval(), read_products(read_catalog(demo))
    label = products.codes["articleType"] * 1000 + products.codes["baseColour"]
    alike = (label[:, None] == label) & ~np.eye(len(label), dtype=bool)

    def contrast():
        embeddings = run(network, products.pictures, SIZE, torch.device("cpu")).numpy()
        distances = 1 - embeddings @ embeddings.T
        return distances[alike].mean() / distances[~alike].mean()

    before = contrast()
    even_out(network, products, SIZE, 0.15)
    assert contrast() < before
