"""Batch normalisation in evaluation: kernel against definition, differences, constants."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.batch_norm_inference import batch_norm_inference, definition, fused
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, numbers, tensors

FEWER = settings.default.max_examples // 3
EPS = numbers(1e-5, 1.0, 1e-5)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    rows, channels = data.draw(st.tuples(st.integers(0, 6), st.integers(0, 3)))
    values, factors = (numbers(-high, high, 0.0, 1.0, of=dtype) for high in (100.0, 2.0))
    x = data.draw(tensors((rows, channels), dtype, values))
    weight, bias = (data.draw(st.none() | tensors((channels,), dtype, factors)) for _ in range(2))
    mean = data.draw(tensors((channels,), dtype, values, requires_grad=False))
    var = data.draw(
        tensors((channels,), dtype, numbers(0.0, 4.0, 0.0, of=dtype), requires_grad=False)
    )
    eps = data.draw(EPS)
    cotangent = data.draw(tensors((rows, channels), dtype, factors, requires_grad=False))
    invstd = 1 / np.sqrt(var.array.astype(np.float64) + eps)
    normal = (np.abs(x.array.astype(np.float64)) + np.abs(mean.array)) * invstd
    scale = 1.0 if weight is None else np.abs(weight.array)
    products = (np.abs(cotangent.array) * normal).sum(0)
    lost = {"out": 4 * normal * scale, "weight": 10 * products, "bias": 40.0}
    magnitudes = {"out": 0.0 if bias is None else np.abs(bias.array)}
    assert_agreement(
        fused,
        [x, weight, bias, mean, var],
        [eps],
        cotangent,
        units=4.0,
        magnitudes=magnitudes,
        lost=lost,
    )


@pytest.mark.parametrize("function", [batch_norm_inference, definition])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    rows, channels = data.draw(st.tuples(st.integers(1, 3), st.integers(1, 2)))
    values = numbers(-2.0, 2.0, 0.0)
    x = data.draw(contiguous_tensors((rows, channels), values))
    weight, bias = (
        data.draw(st.none() | contiguous_tensors((channels,), values)) for _ in range(2)
    )
    mean = data.draw(tensors((channels,), values=values, requires_grad=False))
    var = data.draw(tensors((channels,), values=numbers(0.1, 2.0), requires_grad=False))
    gradcheck(function, [x, weight, bias, mean, var, 1e-3], order=2)


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
