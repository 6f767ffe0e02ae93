"""Linear: large products, which BLAS takes, and no features."""

import numpy as np
import pytest

import minigrad as torch
from minigrad.ops.linear import SMALL, fused, linear
from minigrad.testing.agreement import assert_agreement


def check_kernel(x, weight, bias, cotangent):
    arrays = [x.array, weight.array, cotangent.array]
    a, w, g = [np.abs(each.astype(np.float64)) for each in arrays]
    shift = 0.0 if bias is None else np.abs(bias.array)
    terms = {"out": a @ w.T + shift, "x": g @ w, "weight": g.T @ a, "bias": g.sum(0)}
    units = 4.0 + max(*a.shape, *w.shape)
    assert_agreement(fused, [x, weight, bias], [], cotangent, units=units, magnitudes=terms)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("with_bias", [False, True])
def test_blas_agrees_with_definition(dtype, with_bias):
    assert 40 * 30 * 40 > SMALL
    torch.manual_seed(0)
    x = torch.randn(30, 40, dtype=dtype).T.detach().requires_grad_()
    weight = torch.randn(40, 30, dtype=dtype, requires_grad=True)
    bias = torch.randn(40, dtype=dtype, requires_grad=True) if with_bias else None
    check_kernel(x, weight, bias, torch.randn(40, 40, dtype=dtype).T)


@pytest.mark.parametrize("shape", [(2, 0), (2, 3, 0), (0,)])
def test_without_features_the_result_is_the_bias(shape):
    bias = torch.tensor([1.0, 2.0])
    out = linear(torch.ones(*shape), torch.ones(2, 0), bias)
    assert out.shape == (*shape[:-1], 2)
    assert (out.array == bias.array).all()


def test_what_no_gradient_looks_at_may_change():
    x, weight = torch.ones(2, 3), torch.ones(1, 3, requires_grad=True)
    out = linear(x, weight)
    with torch.no_grad():
        weight.mul_(2)
    out.sum().backward()
    assert weight.grad.tolist() == [[2.0, 2.0, 2.0]]
    x.requires_grad_()
    for changed, other in ((x, weight), (weight, x)):
        frozen = changed.detach()
        out = linear(*((frozen, other) if changed is x else (other, frozen)))
        frozen.add_(1)
        with pytest.raises(RuntimeError, match="modified by an inplace operation"):
            out.sum().backward()


@pytest.mark.parametrize("shape", [(2,), (3, 2), (1, 3, 2)])
def test_the_bias_alone_has_its_gradient_as_often_as_one_likes(torch, failure, shape):
    x, weight, bias = torch.ones(shape), torch.ones(4, 2), torch.ones(4, requires_grad=True)
    out = torch.nn.functional.linear(x, weight, bias).sum()
    for _ in range(2):
        out.backward()
    assert bias.grad.tolist() == [2.0 * (x.numel() // 2)] * 4
    out = torch.nn.functional.linear(x, weight.requires_grad_(), bias).sum()
    out.backward()
    assert "a second time" in failure(out.backward)


def test_an_input_that_was_detached_since_passes_its_gradient_on(torch):
    for create_graph in (False, True):
        leaf = torch.ones(2, 3, requires_grad=True)
        x = leaf * 2
        out = torch.nn.functional.linear(x, torch.full((1, 3), 5.0))
        x.detach_()
        (gradient,) = torch.autograd.grad(out.sum(), leaf, create_graph=create_graph)
        assert gradient.tolist() == [[10.0] * 3] * 2


@pytest.mark.parametrize("with_bias", [False, True])
@pytest.mark.parametrize(
    ("is_view", "of_base", "followed"),
    [(False, False, True), (True, False, False), (True, True, True)],
)
def test_a_weight_that_wants_a_gradient_after_the_call_is_known_by_its_base(
    torch, with_bias, is_view, of_base, followed
):
    """PyTorch looks at its transpose, which is a view of the same tensor that the weight is."""
    x, base = torch.ones(2, 4, requires_grad=True), torch.ones(3, 4)
    weight = base[:] if is_view else base
    out = torch.nn.functional.linear(x, weight, torch.zeros(3) if with_bias else None)
    (base if of_base else weight).requires_grad_()
    (grad,) = torch.autograd.grad(out.sum(), x, create_graph=True)
    assert grad.requires_grad == followed and grad.tolist() == [[3.0] * 4] * 2
