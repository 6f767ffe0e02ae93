"""Cross entropy with classes: dimensions, certainty, infinities, wrong classes."""

import math
from contextlib import nullcontext

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.fused import use_definitions
from minigrad.losses.reduction import CODES
from minigrad.ops.cross_entropy import cross_entropy, definition, fused
from minigrad.ops.nll_loss import nll_loss
from minigrad.testing import gradcheck
from minigrad.testing.strategies import contiguous_tensors, numbers, tensors

FEWER = settings.default.max_examples // 5
REDUCTIONS = st.sampled_from(["none", "mean", "sum"])
SMOOTHINGS = st.sampled_from([0.0, 0.25, 1.0])


@st.composite
def classes(draw, shape, count, ignored):
    """Targets that are classes, or stand for none."""
    return draw(
        tensors(
            shape, torch.int64, st.integers(0, count - 1) | st.just(ignored), requires_grad=False
        )
    )


@pytest.mark.parametrize("shape", [(3,), (3, 2), (2, 2, 2), (1, 2, 1, 2)])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(shape, data):
    """Of the scores and, through the definition, of weights."""
    x = data.draw(contiguous_tensors(shape, numbers(-3.0, 3.0, 0.0)))
    count = shape[0] if len(shape) == 1 else shape[1]
    target = data.draw(classes((*shape[:1], *shape[2:]) if len(shape) > 1 else (), count, -1))
    target.array.flat[0] = 0  # not all ignored
    weight = data.draw(st.none() | contiguous_tensors((count,), numbers(0.5, 2.0, 1.0)))
    if weight is not None:
        weight.requires_grad_(data.draw(st.booleans()))
    rest = [-1, data.draw(SMOOTHINGS), data.draw(REDUCTIONS)]
    with data.draw(st.sampled_from([nullcontext, use_definitions]))():
        gradcheck(cross_entropy, [x, target, weight, *rest], order=2)


def test_it_is_the_likelihood_of_the_log_softmax():
    x = torch.tensor(np.random.default_rng(0).normal(0, 3, (5, 4)))
    target, weight = torch.tensor([0, 3, -100, 2, 3]), torch.tensor([1.0, 2.0, 0.5, 3.0]).double()
    logarithms = x - x.exp().sum(1, keepdim=True).log()
    for reduction in ("none", "mean", "sum"):
        expected = nll_loss(logarithms, target, weight, reduction=reduction).array
        found = cross_entropy(x, target, weight, reduction=reduction).array
        np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_little_that_is_missing_to_certainty_is_not_lost(dtype):
    x = torch.tensor([[0.0, -40.0, -41.0]], dtype=dtype, requires_grad=True)
    loss = cross_entropy(x, torch.tensor([0]))
    loss.backward()
    missing = math.exp(-40) + math.exp(-41)
    assert loss.item() == pytest.approx(missing, rel=1e-6)
    np.testing.assert_allclose(x.grad.array[0, 1:], np.exp([-40, -41]), rtol=1e-6)


@pytest.mark.parametrize("function", [fused, definition])
def test_scores_of_infinity_and_beyond_a_float32(function):
    rows = [[1e3, -1e3, 0.0], [-math.inf, 0.0, 0.0], [math.inf, 0.0, 0.0], [-math.inf] * 3]
    x = torch.tensor(rows, requires_grad=True)
    with np.errstate(all="ignore"):
        losses = function(x, torch.tensor([1, 0, 1, 2]), None, -100.0, 0.0, CODES["none"])
        (slopes,) = torch.autograd.grad(losses, x, torch.ones(4))
    np.testing.assert_array_equal(losses.array, [2e3, math.inf, math.nan, math.nan])
    nans = [math.nan] * 3
    np.testing.assert_array_equal(slopes.array, [[1.0, -1.0, 0.0], [-1.0, 0.5, 0.5], nans, nans])


def test_an_infinite_weight_makes_ignored_rows_nan_in_both_ways():
    target, weight = torch.tensor([0, 2]), torch.tensor([1.0, math.inf, 2.0])
    found = []
    for create_graph in (False, True):
        x = torch.zeros(2, 3, requires_grad=True)
        loss = cross_entropy(x, target, weight, ignore_index=2, smoothing=0.1, reduction="sum")
        (slope,) = torch.autograd.grad(loss, x, create_graph=create_graph)
        found.append(np.isnan(slope.array[1]).tolist())
    assert found == [[True] * 3] * 2


def test_an_ignored_row_has_no_gradient_unless_it_has_no_softmax():
    x = torch.tensor([[0.0, 1.0], [math.nan, 1.0]], requires_grad=True)
    loss = cross_entropy(x, torch.tensor([-100, -100]))
    loss.backward()
    assert math.isnan(loss.item())
    np.testing.assert_array_equal(x.grad.array, [[0.0, 0.0], [math.nan, math.nan]])


@pytest.mark.parametrize("smoothing", [0.0, 0.5])
def test_a_mean_by_no_weight_is_nan(smoothing):
    x = torch.zeros(1, 2, requires_grad=True)
    for run in (fused, definition):
        with np.errstate(all="ignore"):
            settings = [-100.0, smoothing, CODES["mean"]]
            loss = run(x, torch.tensor([1]), torch.tensor([1.0, 0.0]), *settings)
            (slope,) = torch.autograd.grad(loss, x)
        assert math.isnan(loss.item())
        assert np.isnan(slope.array).all()


@pytest.mark.parametrize("bad", [3, -1, 2**62])
def test_a_target_that_is_no_class_is_named(bad):
    with pytest.raises(IndexError, match=rf"^Target {bad} is out of bounds\.$"):
        cross_entropy(torch.zeros(2, 3, 2), torch.tensor([[0, 1], [bad, 9]]), smoothing=0.1)


def test_a_target_that_was_changed_behind_its_version_reads_no_other_memory():
    x, memory = torch.zeros(1, 2, requires_grad=True), np.array([1])
    loss = cross_entropy(x, torch.from_numpy(memory), torch.ones(2), reduction="sum")
    memory[:] = 2**40
    loss.backward()
    assert x.grad.tolist() == [[0.0, 0.0]]
