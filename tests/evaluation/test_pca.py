"""Principal components, against scikit-learn."""

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.preprocessing import normalize

from prodsim.errors import QueryError
from prodsim.evaluation import pca
from prodsim.evaluation.pca import principal
from prodsim.index import ExactIndex


def index_of(vectors):
    return ExactIndex(vectors, np.arange(len(vectors)))


def cloud(n, dim, seed=0):
    generator = np.random.default_rng(seed)
    stretched = generator.standard_normal((n, dim)) * np.linspace(5, 1, dim)
    return (stretched @ generator.standard_normal((dim, dim)) + 7).astype(np.float32)


@pytest.mark.parametrize("rows", [7, 4096])
@pytest.mark.parametrize(("n", "dim", "components"), [(200, 30, 8), (12, 30, 64), (40, 5, 64)])
def test_similarities_equal_those_on_scikit_learns_components(monkeypatch, rows, n, dim, components):
    monkeypatch.setattr(pca, "ROWS", rows)
    vectors = cloud(n, dim)
    made = principal(index_of(vectors), components)
    assert made.dtype == np.float32
    assert made.shape == (n, min(components, n - 1, dim))
    expected = normalize(PCA(made.shape[1]).fit_transform(vectors.astype(np.float64)))
    np.testing.assert_allclose(made @ made.T, expected @ expected.T, atol=1e-5)


def test_vectors_that_are_all_the_same_have_no_components():
    assert principal(index_of(np.ones((4, 3), dtype=np.float32)), 64).shape == (4, 0)
    assert principal(index_of(np.ones((1, 3), dtype=np.float32)), 64).shape == (1, 0)


def test_on_a_line_there_are_two_directions():
    line = index_of(np.outer([0, 1, 5, 6], [1, 2]).astype(np.float32))
    np.testing.assert_allclose(np.abs(principal(line, 64).sum()), 0, atol=1e-6)
    np.testing.assert_allclose(np.abs(principal(line, 64)), np.ones((4, 1)))


def test_the_vectors_are_left_alone():
    vectors = cloud(20, 4)
    before = vectors.copy()
    principal(index_of(vectors), 2)
    np.testing.assert_array_equal(vectors, before)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_nothing_is_made_of_numbers_that_are_none(bad):
    vectors = cloud(20, 4)
    vectors[3, 1] = bad
    with pytest.raises(QueryError, match="NaN or infinite"):
        principal(index_of(vectors), 2)
