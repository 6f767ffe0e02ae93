"""Cross entropy with probabilities: dimensions, certain targets, shapes."""

import math
from contextlib import nullcontext

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.fused import use_definitions
from minigrad.ops.cross_entropy import cross_entropy
from minigrad.ops.cross_entropy_of_probabilities import cross_entropy_of_probabilities
from minigrad.testing import gradcheck
from minigrad.testing.strategies import contiguous_tensors, numbers

FEWER = settings.default.max_examples // 5
REDUCTIONS = st.sampled_from(["none", "mean", "sum"])
SMOOTHINGS = st.sampled_from([0.0, 0.25, 1.0])


@pytest.mark.parametrize("shape", [(3,), (2, 2), (1, 2, 2), (1, 2, 1, 2)])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(shape, data):
    """Of the scores and, through the definition, of targets and weights."""
    x = data.draw(contiguous_tensors(shape, numbers(-3.0, 3.0, 0.0)))
    target = data.draw(contiguous_tensors(shape, numbers(0.0, 1.0, 0.0, 1.0)))
    count = shape[0] if len(shape) == 1 else shape[1]
    weight = data.draw(st.none() | contiguous_tensors((count,), numbers(0.5, 2.0, 1.0)))
    for each in (target, weight):
        if each is not None:
            each.requires_grad_(data.draw(st.booleans()))
    rest = [data.draw(SMOOTHINGS), data.draw(REDUCTIONS)]
    with data.draw(st.sampled_from([nullcontext, use_definitions]))():
        gradcheck(cross_entropy_of_probabilities, [x, target, weight, *rest], order=2)


@pytest.mark.parametrize("smoothing", [0.0, 0.25])
def test_certain_targets_are_classes(smoothing):
    x = torch.tensor(np.random.default_rng(0).normal(0, 3, (2, 3, 4)), requires_grad=True)
    target = torch.tensor(np.random.default_rng(1).integers(0, 3, (2, 4)))
    certain = torch.tensor(np.moveaxis(np.eye(3)[target.array], 2, 1))
    losses = cross_entropy(x, target, smoothing=smoothing, reduction="none")
    others = cross_entropy_of_probabilities(x, certain, None, smoothing, "none")
    np.testing.assert_allclose(losses.array, others.array, rtol=1e-13)
    (one,) = torch.autograd.grad(losses.sum(), x)
    (other,) = torch.autograd.grad(others.sum(), x)
    np.testing.assert_allclose(one.array, other.array, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (2, 3, 0)])
def test_nothing_has_no_mean(shape):
    x, target = torch.zeros(*shape, requires_grad=True), torch.zeros(*shape)
    mean = cross_entropy_of_probabilities(x, target)
    mean.backward()
    assert math.isnan(mean.item())
    assert x.grad.shape == shape
    assert cross_entropy_of_probabilities(x, target, reduction="sum").item() == 0.0


def test_what_does_not_fit_is_refused():
    x, target = torch.zeros(2, 3), torch.zeros(2, 3)
    with pytest.raises(RuntimeError, match=r"Expected target size \[2, 3\], got \[3, 2\]"):
        cross_entropy_of_probabilities(x, target.T)
    with pytest.raises(RuntimeError, match=r"for all 3 classes .* of shape: \[2\]"):
        cross_entropy_of_probabilities(x, target, torch.ones(2))
    with pytest.raises(RuntimeError, match="expected scalar type Float but found Double"):
        cross_entropy_of_probabilities(x, target.double())
    with pytest.raises(NotImplementedError, match="not implemented for 'Long'"):
        cross_entropy_of_probabilities(x.long(), target)
    with pytest.raises(IndexError, match="tensor has no dimensions"):
        cross_entropy_of_probabilities(torch.tensor(1.0), torch.tensor(1.0))
