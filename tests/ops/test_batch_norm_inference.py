"""Batch normalisation in evaluation: constants, and what must not change."""

import math

import pytest

import minigrad as torch
from minigrad.ops.batch_norm_inference import batch_norm_inference, definition


def test_the_statistics_are_constants():
    x = torch.ones(2, 1, requires_grad=True)
    mean, var = torch.zeros(1, requires_grad=True), torch.ones(1, requires_grad=True)
    for function in (batch_norm_inference, definition):
        out = function(x, None, None, mean, var, 1e-5)
        found = torch.autograd.grad(out, [x, mean, var], torch.ones(2, 1), allow_unused=True)
        assert found[0] is not None and found[1:] == (None, None)


def test_a_negative_variance_is_not_a_number():
    out = batch_norm_inference(
        torch.ones(1, 2), None, None, torch.zeros(2), torch.tensor([-1.0, 1.0]), 0.0
    )
    assert math.isnan(out.array[0, 0]) and out.array[0, 1] == 1.0


@pytest.mark.parametrize("changed", ["x", "weight", "mean", "var"])
def test_what_the_gradient_looks_at_must_not_change(changed):
    leaf = torch.ones(2, 1, requires_grad=True)
    given = {"x": leaf * 1, "weight": torch.ones(1), "mean": torch.zeros(1), "var": torch.ones(1)}
    out = batch_norm_inference(
        given["x"], given["weight"], None, given["mean"], given["var"], 1e-5
    )
    given[changed].fill_(2.0)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        torch.autograd.grad(out, leaf, torch.ones(2, 1), create_graph=True)
