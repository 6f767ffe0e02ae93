"""Negative log likelihood: dimensions, ignored and impossible classes."""

import math
from contextlib import nullcontext

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.fused import use_definitions
from minigrad.losses.reduction import CODES
from minigrad.ops.nll_loss import definition, nll_loss
from minigrad.testing import gradcheck
from minigrad.testing.strategies import contiguous_tensors, numbers, tensors

FEWER = settings.default.max_examples // 5
REDUCTIONS = st.sampled_from(["none", "mean", "sum"])


@st.composite
def classes(draw, shape, count, ignored):
    """Targets that are classes, or stand for none."""
    return draw(
        tensors(
            shape, torch.int64, st.integers(0, count - 1) | st.just(ignored), requires_grad=False
        )
    )


@pytest.mark.parametrize("shape", [(3,), (3, 2), (2, 2, 2), (1, 2, 1, 2), (1, 2, 2, 1, 1)])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(shape, data):
    """Of the scores and, through the definition, of weights."""
    x = data.draw(contiguous_tensors(shape, numbers(-3.0, 3.0)))
    count = shape[0] if len(shape) == 1 else shape[1]
    target = data.draw(classes((*shape[:1], *shape[2:]) if len(shape) > 1 else (), count, -1))
    target.array.flat[0] = 0  # not all ignored
    weight = data.draw(st.none() | contiguous_tensors((count,), numbers(0.5, 2.0, 1.0)))
    if weight is not None:
        weight.requires_grad_(data.draw(st.booleans()))
    with data.draw(st.sampled_from([nullcontext, use_definitions]))():
        gradcheck(nll_loss, [x, target, weight, -1, data.draw(REDUCTIONS)], order=2)


def test_a_mean_of_nothing_is_nan_and_has_no_gradient():
    x = torch.zeros(2, 3, requires_grad=True)
    mean = nll_loss(x, torch.tensor([-100, -100]))
    mean.backward()
    assert math.isnan(mean.item())
    assert x.grad.tolist() == [[0.0] * 3] * 2
    assert nll_loss(x, torch.tensor([7, 7]), ignore_index=7, reduction="sum").item() == 0.0
    assert math.isnan(nll_loss(torch.zeros(0, 3), torch.tensor([]).long()).item())


def test_a_mean_by_no_weight_is_nan_where_there_is_a_target():
    x = torch.zeros(1, 2, requires_grad=True)
    mean = nll_loss(x, torch.tensor([1]), torch.zeros(2))
    mean.backward()
    assert math.isnan(mean.item())
    np.testing.assert_array_equal(x.grad.array, [[0.0, math.nan]])


@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
@pytest.mark.parametrize("bad", [3, -1, 5, 2**62])
def test_the_first_target_that_is_no_class_is_named(bad, reduction):
    x, target = torch.zeros(3, 3), torch.tensor([1, bad, 9])
    with pytest.raises(IndexError, match=rf"^Target {bad} is out of bounds\.$"):
        nll_loss(x, target, reduction=reduction)
    with pytest.raises(IndexError, match=rf"^Target {bad} is out of bounds\.$"):
        definition(x, target, None, -100.0, CODES[reduction])


@pytest.mark.parametrize("ignored", [2**63 - 1, -(2**63), 2**53 + 1, -1, 1])
def test_whatever_number_stands_for_none_counts_nothing(ignored):
    x = torch.tensor([[-1.0, -2.0], [-3.0, -4.0], [-5.0, -6.0]])
    assert nll_loss(x, torch.tensor([0, ignored, 0]), ignore_index=ignored).item() == 3.0
    assert math.isnan(nll_loss(x, torch.tensor([ignored] * 3), ignore_index=ignored).item())


def test_a_target_that_was_changed_behind_its_version_writes_no_other_memory():
    x, memory = torch.zeros(2, 3, requires_grad=True), np.array([1, 2])
    loss = nll_loss(x, torch.from_numpy(memory), reduction="sum")
    memory[:] = 2**40, -(2**40)
    loss.backward()
    assert x.grad.tolist() == [[0.0] * 3] * 2


@pytest.mark.parametrize(
    ("shape", "targets", "weights", "error"),
    [
        ((), (), None, "Expected 1 or more dimensions"),
        ((2, 3), (3,), None, r"input batch_size \(2\) to match target batch_size \(3\)"),
        ((2, 3), (), None, r"input batch_size \(2\) to match target batch_size \(0\)"),
        ((2, 3), (2, 1), None, "multi-target not supported"),
        ((3,), (2,), None, "1D target must have size 1, but got target size: 2"),
        ((2, 3, 4), (2, 5), None, r"Expected target size \[2, 4\], got \[2, 5\]"),
        ((2, 3, 4, 5), (2, 4), None, "spatial targets supported .* of dimension: 2"),
        ((2, 3), (2,), (4,), r"for all 3 classes .* weight tensor of shape: \[4\]"),
        ((2, 3), (2,), (1, 3), r"for all 3 classes .* weight tensor of shape: \[1, 3\]"),
    ],
)
def test_sizes_that_do_not_fit_are_refused(shape, targets, weights, error):
    weight = None if weights is None else torch.ones(*weights)
    target = torch.zeros(*targets).long() if targets else torch.tensor(0)
    x = torch.zeros(*shape) if shape else torch.tensor(0.0)
    with pytest.raises((ValueError, RuntimeError), match=error):
        nll_loss(x, target, weight)


def test_dtypes_that_do_not_fit_are_refused():
    x, target = torch.zeros(2, 3), torch.zeros(2).long()
    with pytest.raises(RuntimeError, match="target dtype to be Long or Byte, but got Float"):
        nll_loss(x, torch.zeros(2))
    with pytest.raises(RuntimeError, match="expected scalar type Float but found Double"):
        nll_loss(x, target, torch.ones(3).double())
    with pytest.raises(NotImplementedError, match="not implemented for 'Long'"):
        nll_loss(x.long(), target)
