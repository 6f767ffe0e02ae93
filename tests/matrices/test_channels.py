"""Channels: dimensions after the second are more rows; what does not fit is refused."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad as torch
from minigrad.matrices.channels import as_rows, from_rows
from minigrad.nn import functional as F
from minigrad.ops import batch_norm, batch_norm_inference

SHAPES = st.lists(st.integers(0, 3), min_size=2, max_size=5).map(tuple)


@given(shape=SHAPES)
def test_a_row_holds_the_channels_of_one_place(shape):
    x = torch.arange(float(np.prod(shape))).reshape(shape)
    rows = as_rows(x)
    moved = np.moveaxis(x.array, 1, -1)
    np.testing.assert_array_equal(rows.array, moved.reshape(-1, shape[1]) if moved.size else rows)
    assert rows.shape == (shape[0] * int(np.prod(shape[2:])), shape[1])
    back = from_rows(rows, shape)
    np.testing.assert_array_equal(back.array, x.array)
    assert back.is_contiguous()


@pytest.mark.parametrize("shape", [(2, 3, 4), (2, 3, 4, 2)])
@pytest.mark.parametrize("training", [True, False])
def test_batch_norm_does_with_more_dimensions_what_it_does_with_rows(shape, training):
    torch.manual_seed(0)
    x, weight, bias = torch.randn(*shape), torch.randn(3), torch.randn(3)
    x.requires_grad_()
    out, flat = [
        F.batch_norm(each, torch.zeros(3), torch.ones(3), weight, bias, training)
        for each in (x, as_rows(x))
    ]
    np.testing.assert_array_equal(as_rows(out).array, flat.array)
    cotangent = torch.randn(*shape)
    (grad,) = torch.autograd.grad(out, x, cotangent)
    (flat_grad,) = torch.autograd.grad(flat, x, as_rows(cotangent))
    np.testing.assert_array_equal(grad.array, flat_grad.array)


@pytest.mark.parametrize("shape", [(0, 3, 2), (2, 3, 0)])
def test_an_empty_batch_has_zero_gradients_of_scale_and_shift(shape):
    x = torch.zeros(*shape, requires_grad=True)
    weight, bias = torch.ones(3, requires_grad=True), torch.ones(3, requires_grad=True)
    out = F.batch_norm(x, None, None, weight, bias, training=True)
    out.backward(torch.ones(shape))
    assert (weight.grad.tolist(), bias.grad.tolist()) == ([0.0] * 3, [0.0] * 3)
    assert out.shape == x.grad.shape == shape


@pytest.mark.parametrize("name", ["weight", "bias", "running_mean", "running_var"])
def test_no_kernel_gets_a_vector_of_another_size(name):
    names = ("weight", "bias", "running_mean", "running_var")
    vectors = [torch.ones(4 if each == name else 3) for each in names]
    with pytest.raises(RuntimeError, match=f"{name} should contain 3 elements not 4"):
        batch_norm_inference(torch.ones(2, 3), *vectors, 1e-5)
    if name in ("weight", "bias"):
        with pytest.raises(RuntimeError, match=f"{name} should contain 3 elements not 4"):
            batch_norm(torch.ones(2, 3), *vectors[:2], 1e-5)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3, 1)])
def test_no_kernel_gets_what_is_no_matrix(shape):
    with pytest.raises(ValueError, match=f"expected 2D input .got {len(shape)}D input"):
        batch_norm(torch.ones(shape), None, None, 1e-5)
