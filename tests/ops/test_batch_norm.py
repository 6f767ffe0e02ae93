"""Batch normalisation in training: its statistics, the sums of its gradients, constant columns."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch
from minigrad.ops.batch_norm import batch_norm
from minigrad.testing.samples.batch_norm import conditioning
from minigrad.testing.strategies import cotangents, numbers, tensors

EPS = numbers(1e-5, 1.0, 1e-5)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(data=st.data())
def test_the_statistics_are_those_of_float64(dtype, data):
    x = data.draw(tensors((6, 2), dtype, numbers(-10.0, 10.0, 0.0, 1.0, 1e4, of=dtype)))
    _, mean, var = batch_norm(x, None, None, 1e-5)
    wide = x.array.astype(np.float64)
    np.testing.assert_allclose(mean.array, wide.mean(0), rtol=1e-14, atol=1e-11)
    np.testing.assert_allclose(var.array, wide.var(0), rtol=1e-12, atol=1e-20)


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
    lost = conditioning(x.array, weight.array, np.abs(cotangent.array), eps)
    slack = 1e-13 * lost["x"].max()
    np.testing.assert_allclose(grad.array.sum(0), 0.0, atol=slack)
    # The invariance to scale is broken by eps alone.
    left = weight.array * eps * invstd**3 * (cotangent.array * normal).sum(0)
    np.testing.assert_allclose((grad.array * normal).sum(0), left, atol=10 * slack, rtol=1e-9)


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
