"""The losses against their definitions, written out naively."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.needs import need_torch

need_torch()

import torch  # noqa: E402 - not before it is known to be here
from torch.nn import functional  # noqa: E402

from training.losses import CosineSoftmax, Memory, any_of  # noqa: E402


@given(st.integers(0, 2**31), st.integers(1, 6), st.integers(1, 8))
def test_any_of_is_minus_the_log_of_the_summed_probability(seed, rows, columns):
    random = np.random.default_rng(seed)
    logits, accepted = random.normal(0, 3, (rows, columns)), random.random((rows, columns)) < 0.5
    expected = []
    for row in range(rows):
        weights = [math.exp(each) for each in logits[row]]
        right = sum(weight for weight, good in zip(weights, accepted[row], strict=True) if good)
        if accepted[row].any():
            expected.append(-math.log(right / sum(weights)))
    found = any_of(torch.from_numpy(logits), torch.from_numpy(accepted))
    assert float(found) == pytest.approx(np.mean(expected) if expected else 0, abs=1e-9)


@given(st.integers(0, 2**31), st.integers(1, 5), st.integers(1, 4), st.integers(1, 3), st.integers(0, 2))
def test_columns_compete_within_their_groups(seed, rows, groups, size, left):
    random = np.random.default_rng(seed)
    columns = groups * size + min(left, groups - 1)
    logits = torch.from_numpy(random.normal(0, 3, (rows, columns)))
    accepted = torch.from_numpy(random.random((rows, columns)) < 0.4)
    expected = []
    for row in range(rows):
        parts = [np.s_[row : row + 1, start : start + size] for start in range(0, groups * size, size)]
        lost = [float(any_of(logits[part], accepted[part])) for part in parts if accepted[part].any()]
        if lost:
            expected.append(np.mean(lost))
    assert float(any_of(logits, accepted, groups)) == pytest.approx(np.mean(expected) if expected else 0, abs=1e-5)


def test_a_row_without_anything_accepted_has_no_part_in_the_gradient():
    logits = torch.zeros(3, 4, requires_grad=True)
    any_of(logits, torch.tensor([[False] * 4, [True, False, False, False], [False] * 4]), groups=2).backward()
    assert logits.grad.isfinite().all() and logits.grad[1, :2].all() and logits.grad.count_nonzero() == 2


def test_columns_at_minus_infinity_take_no_part():
    logits = torch.tensor([[0.0, -torch.inf, 0.0]])
    assert float(any_of(logits, torch.tensor([[True, False, False]]))) == pytest.approx(math.log(2))


def test_the_softmax_takes_the_margin_from_the_right_class():
    torch.manual_seed(0)
    head = CosineSoftmax(dim=4, classes=3, scale=10.0, margin=0.2)
    embeddings, codes = functional.normalize(torch.randn(5, 4)), torch.tensor([0, 1, 2, 1, 0])
    expected = []
    for embedding, code in zip(embeddings, codes.tolist(), strict=True):
        cosines = [float(embedding @ functional.normalize(each, dim=0)) for each in head.directions.detach()]
        cosines[code] -= 0.2
        weights = [math.exp(10 * each) for each in cosines]
        expected.append(-math.log(weights[code] / sum(weights)))
    assert float(head.loss(embeddings, codes).detach()) == pytest.approx(np.mean(expected), rel=1e-4)


def test_rows_without_a_label_do_not_count():
    torch.manual_seed(0)
    head = CosineSoftmax(dim=4, classes=3, scale=10.0)
    embeddings = functional.normalize(torch.randn(3, 4))
    assert head.loss(embeddings, torch.tensor([1, -1, 2])) == head.loss(embeddings[[0, 2]], torch.tensor([1, 2]))
    assert head.loss(embeddings, torch.tensor([-1, -1, -1])) == 0


def test_a_full_memory_forgets_the_oldest():
    memory = Memory(size=4, dim=2)
    for row in range(6):
        memory.add(torch.full((1, 2), float(row)), torch.tensor([row]))
    assert sorted(memory.rows.tolist()) == [2, 3, 4, 5]
    assert (memory.vectors[:, 0] == memory.rows).all()


def test_a_new_memory_is_empty_and_a_batch_fits_over_its_end():
    memory = Memory(size=3, dim=1)
    assert memory.rows.tolist() == [-1, -1, -1]
    memory.add(torch.zeros(2, 1), torch.tensor([0, 1]))
    memory.add(torch.zeros(2, 1), torch.tensor([2, 3]))
    assert sorted(memory.rows.tolist()) == [1, 2, 3]
