"""Batch normalisation in training: kernel, definition, differences, and what must hold anyway."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.batch_norm import batch_norm, definition, fused
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, cotangents, numbers, tensors

FEWER = settings.default.max_examples // 3
EPS = numbers(1e-5, 1.0, 1e-5)


def conditioning(x, weight, cotangent, eps):
    """What cancels: a value's distance from the mean is as exact as the value, not more."""
    x, g = x.array.astype(np.float64), np.abs(cotangent.array).max(0, initial=0)
    scale = 1.0 if weight is None else np.abs(weight.array)
    with np.errstate(invalid="ignore", divide="ignore"):
        invstd = 1 / np.sqrt(x.var(0) + eps)
    kappa = 1 + (np.abs(x).max(0, initial=0)) * invstd
    terms = 4.0 + len(x)
    lost = {
        "out": terms * kappa * scale,
        "x": terms * kappa * kappa * invstd * scale * g,
        "weight": terms * kappa * len(x) * g,
        "bias": terms * g,
    }
    return {name: value + 1e-290 for name, value in lost.items()}  # products may underflow


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(data=st.data())
def test_kernel_agrees_with_definition(dtype, data):
    rows, channels = data.draw(st.tuples(st.integers(1, 6), st.integers(0, 3)))
    values = numbers(-10.0, 10.0, 0.0, 1.0, 1e4, of=dtype)
    x = data.draw(tensors((rows, channels), dtype, values))
    weight, bias = (
        data.draw(st.none() | tensors((channels,), dtype, numbers(-2.0, 2.0, 0.0, of=dtype)))
        for _ in range(2)
    )
    eps = data.draw(EPS)
    cotangent = data.draw(cotangents((rows, channels), dtype))
    lost = conditioning(x, weight, cotangent, eps)
    # One rounding of the result and of the shifted result: everything before is in float64.
    magnitudes = {"out": 0.0 if bias is None else np.abs(bias.array)}
    assert_agreement(
        fused, [x, weight, bias], [eps], cotangent, units=2.0, magnitudes=magnitudes, lost=lost
    )
    _, mean, var = batch_norm(x, weight, bias, eps)
    wide = x.array.astype(np.float64)
    np.testing.assert_allclose(mean.array, wide.mean(0), rtol=1e-14, atol=1e-11)
    np.testing.assert_allclose(var.array, wide.var(0), rtol=1e-12, atol=1e-20)


@pytest.mark.parametrize("function", [batch_norm, definition])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    rows, channels = data.draw(st.tuples(st.integers(2, 4), st.integers(1, 2)))
    x = data.draw(contiguous_tensors((rows, channels), numbers(-2.0, 2.0, 0.0)))
    weight, bias = (
        data.draw(st.none() | contiguous_tensors((channels,), numbers(-2.0, 2.0)))
        for _ in range(2)
    )
    gradcheck(lambda *given: function(*given, 0.5)[0], [x, weight, bias], order=2)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("value", [100.1, 1e4, -3e-5, 1e30])
def test_a_constant_column_is_exactly_0(dtype, value):
    x = torch.full((7, 2), value, dtype=dtype, requires_grad=True)
    out, mean, var = batch_norm(x, None, torch.tensor([0.0, 3.0], dtype=dtype), 1e-5)
    assert (out.array == [0.0, 3.0]).all() and (var.array == 0).all()
    assert (mean.array == x.array[0]).all()


def test_a_large_column_that_varies_is_normalised():
    out, _, _ = batch_norm(torch.tensor([[1e30], [3e30]]), None, None, 1e-5)
    np.testing.assert_allclose(out.array, [[-1.0], [1.0]], rtol=1e-6)


@given(data=st.data())
def test_sums_that_the_gradient_must_have(data):
    rows, eps = data.draw(st.integers(2, 6)), data.draw(EPS)
    x = data.draw(tensors((rows, 2), values=numbers(-10.0, 10.0, 0.0)))
    weight = data.draw(tensors((2,), values=numbers(0.5, 2.0), requires_grad=False))
    cotangent = data.draw(cotangents((rows, 2)))
    out, mean, var = batch_norm(x, weight, None, eps)
    (grad,) = torch.autograd.grad(out, x, cotangent)
    invstd = 1 / np.sqrt(var.array + eps)
    normal = (x.array - mean.array) * invstd
    slack = 1e-13 * conditioning(x, weight, cotangent, eps)["x"].max()
    np.testing.assert_allclose(grad.array.sum(0), 0.0, atol=slack)
    # The invariance to scale is broken by eps alone.
    left = weight.array * eps * invstd**3 * (cotangent.array * normal).sum(0)
    np.testing.assert_allclose((grad.array * normal).sum(0), left, atol=10 * slack, rtol=1e-9)


@given(data=st.data())
def test_shifts_and_permutations(data):
    whole = st.integers(-50, 50).map(float)
    x = data.draw(tensors((5, 2), values=whole, requires_grad=False))
    shift = data.draw(whole)
    out, mean, _ = batch_norm(x, None, None, 1e-5)
    shifted, moved, _ = batch_norm(x + shift, None, None, 1e-5)
    np.testing.assert_allclose(shifted.array, out.array, atol=1e-10)
    np.testing.assert_allclose(moved.array, mean.array + shift, atol=1e-12)
    order = data.draw(st.permutations(range(5)))
    permuted, _, _ = batch_norm(x[order], None, None, 1e-5)
    np.testing.assert_allclose(permuted.array, out.array[order], atol=1e-13)


def test_an_empty_batch_has_zero_gradients_of_scale_and_shift():
    x = torch.zeros(0, 3, requires_grad=True)
    weight, bias = torch.ones(3, requires_grad=True), torch.ones(3, requires_grad=True)
    out, _, _ = batch_norm(x, weight, bias, 1e-5)
    assert out.shape == (0, 3)
    out.backward(torch.ones(0, 3))
    assert (weight.grad.tolist(), bias.grad.tolist()) == ([0.0] * 3, [0.0] * 3)
    assert x.grad.shape == (0, 3)


def test_an_infinity_stays_in_its_column():
    x = torch.tensor([[1.0, math.inf], [2.0, 0.0]])
    out, mean, var = batch_norm(x, None, None, 1e-5)
    assert np.isnan(out.array[:, 1]).all() and np.isfinite(out.array[:, 0]).all()
    assert mean.array[1] == math.inf and math.isnan(var.array[1])
