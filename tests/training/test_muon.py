"""The optimizer of the convolutions: orthogonal steps of a known length."""

import numpy as np
import pytest

from tests.needs import need_torch

need_torch()

import torch  # noqa: E402 - not before PyTorch is known to be here

from training.muon import Muon, orthogonal  # noqa: E402


def matrix(rows, columns, seed=0):
    return torch.from_numpy(np.random.default_rng(seed).normal(size=(rows, columns)).astype(np.float32))


@pytest.mark.parametrize("shape", [(16, 144), (144, 16), (32, 32), (1, 9)])
def test_orthogonal_keeps_the_directions_and_makes_their_strengths_about_equal(shape):
    given = matrix(*shape)
    left, _, right = np.linalg.svd(given.numpy(), full_matrices=False)
    strengths = left.T @ orthogonal(given).numpy() @ right.T
    np.testing.assert_allclose(strengths, np.diag(np.diag(strengths)), atol=1e-3)
    assert (np.diag(strengths) > 0.3).all() and (np.diag(strengths) < 1.3).all()


def test_nothing_stays_nothing():
    assert not orthogonal(torch.zeros(3, 27)).any()


def kernels(seed=0):
    """(8, 4, 3, 3), channels last, as they are trained."""
    return matrix(8, 36, seed).reshape(8, 4, 3, 3).contiguous(memory_format=torch.channels_last)


def step(kernel, gradient, **options):
    kernel = torch.nn.Parameter(kernel.clone())
    kernel.grad = gradient
    Muon([kernel], **options).step()
    return kernel.detach()


def test_a_step_moves_a_kernel_by_the_rates_share_of_its_length():
    kernel = kernels()
    at_rest = step(kernel, torch.zeros_like(kernel))
    assert float(at_rest.norm()) == pytest.approx(8**0.5, rel=1e-5)
    np.testing.assert_allclose(at_rest / at_rest.norm(), kernel / kernel.norm(), rtol=1e-4)
    moved = step(kernel, kernels(1), lr=0.05)
    assert float((moved - at_rest).norm()) == pytest.approx(0.05 * 8**0.5, rel=1e-4)


def test_the_length_of_a_gradient_does_not_matter():
    kernel, gradient = kernels(), kernels(1)
    np.testing.assert_allclose(step(kernel, gradient), step(kernel, gradient * 1e-4), rtol=1e-3, atol=1e-5)


def test_steps_go_downhill():
    aim = kernels()
    aim = aim / aim.norm()
    kernel = torch.nn.Parameter(kernels(1))
    optimizer = Muon([kernel], lr=0.1)

    def alike():
        return float(((kernel * aim).sum() / kernel.norm()).detach())

    before = alike()
    for _ in range(60):
        optimizer.zero_grad()
        (-(kernel * aim).sum() / kernel.norm()).backward()
        optimizer.step()
    assert alike() > 0.9 > before
