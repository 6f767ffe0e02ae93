"""Linear: loops and BLAS against the definition, both against differences."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad as torch
from minigrad.ops.linear import SMALL, definition, fused, linear
from minigrad.testing import gradcheck
from minigrad.testing.agreement import assert_agreement
from minigrad.testing.strategies import contiguous_tensors, numbers, tensors

FEWER = settings.default.max_examples // 3
SIZES = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))


def check_kernel(x, weight, bias, cotangent):
    arrays = [x.array, weight.array, cotangent.array]
    a, w, g = [np.abs(each.astype(np.float64)) for each in arrays]
    shift = 0.0 if bias is None else np.abs(bias.array)
    terms = {"out": a @ w.T + shift, "x": g @ w, "weight": g.T @ a, "bias": g.sum(0)}
    units = 4.0 + max(*a.shape, *w.shape)
    assert_agreement(fused, [x, weight, bias], [], cotangent, units=units, magnitudes=terms)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@given(data=st.data())
def test_loops_agree_with_definition(dtype, data):
    rows, inputs, outputs = data.draw(SIZES)
    values = numbers(-10.0, 10.0, 0.0, -0.0, 1.0, 1e6, of=dtype)
    wants = data.draw(st.lists(st.booleans(), min_size=3, max_size=3).filter(any))
    x = data.draw(tensors((rows, inputs), dtype, values, requires_grad=wants[0]))
    weight = data.draw(
        tensors((outputs, inputs), dtype, values, requires_grad=wants[1] or not wants[0])
    )
    bias = data.draw(st.none() | tensors((outputs,), dtype, values, requires_grad=wants[2]))
    check_kernel(
        x, weight, bias, data.draw(tensors((rows, outputs), dtype, values, requires_grad=False))
    )


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("with_bias", [False, True])
def test_blas_agrees_with_definition(dtype, with_bias):
    assert 40 * 30 * 40 > SMALL
    torch.manual_seed(0)
    x = torch.randn(30, 40, dtype=dtype).T.detach().requires_grad_()
    weight = torch.randn(40, 30, dtype=dtype, requires_grad=True)
    bias = torch.randn(40, dtype=dtype, requires_grad=True) if with_bias else None
    check_kernel(x, weight, bias, torch.randn(40, 40, dtype=dtype).T)


@pytest.mark.parametrize("function", [linear, definition])
@settings(max_examples=FEWER)
@given(data=st.data())
def test_differences(function, data):
    rows, inputs, outputs = data.draw(st.tuples(*[st.integers(1, 2)] * 3))
    shapes = [(rows, inputs), (outputs, inputs), (outputs,)]
    values = numbers(-3.0, 3.0, 0.0)
    x, weight, bias = (data.draw(contiguous_tensors(shape, values)) for shape in shapes)
    gradcheck(function, [x, weight, bias], order=2)
    gradcheck(function, [x.detach(), weight, None], order=2)


@given(data=st.data())
def test_the_backward_map_is_the_adjoint_of_the_forward_map(data):
    rows, inputs, outputs = data.draw(SIZES)
    values = numbers(-10.0, 10.0)
    u = data.draw(tensors((rows, inputs), values=values))
    weight = data.draw(tensors((outputs, inputs), values=values, requires_grad=False))
    v = data.draw(tensors((rows, outputs), values=values, requires_grad=False))
    forward = linear(u, weight)
    (back,) = torch.autograd.grad(forward, u, v)
    scale = np.abs(v.array).sum() * 10 * 10 * (inputs + outputs) * 2.0**-52
    assert abs((v.array * forward.array).sum() - (back.array * u.array).sum()) <= 8 * scale


@pytest.mark.parametrize("shape", [(2, 0), (2, 3, 0), (0,)])
def test_without_features_the_result_is_the_bias(shape):
    bias = torch.tensor([1.0, 2.0])
    out = linear(torch.ones(*shape), torch.ones(2, 0), bias)
    assert out.shape == (*shape[:-1], 2)
    assert (out.array == bias.array).all()
