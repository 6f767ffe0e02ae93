"""Does `compare.check` see what is wrong, say where and why, and leave alone what is right?"""

import re

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("rich")

import torch
from hypothesis import strategies as st

import minigrad
from compare import check
from compare.checking.report import CheckError
from minigrad.testing.strategies import numbers, tensors

F, G = minigrad.nn.functional, torch.nn.functional
X = tensors((2, 3), values=numbers(-4.0, 4.0))
WEIGHT = tensors((4, 3), values=numbers(-4.0, 4.0))
FEW = 15


def naive_norm(x):
    centred = x - x.mean(-1, keepdim=True)
    return centred / ((centred * centred).mean(-1, keepdim=True) + 1e-5).sqrt()


@pytest.mark.parametrize(
    ("function", "reference", "strategies"),
    [
        (lambda x: x * minigrad.sigmoid(x), G.silu, [X]),
        (minigrad.tanh, torch.tanh, [X]),
        (naive_norm, lambda x: G.layer_norm(x, (3,)), [X]),
        (lambda x, w: x @ w.T, G.linear, [X, WEIGHT]),
        (F.cross_entropy, G.cross_entropy, [X, minigrad.tensor([2, 0])]),
        (lambda x: x.sort(1), lambda x: tuple(x.sort(1)), [X]),
    ],
    ids=["silu", "tanh", "layer_norm", "linear", "cross_entropy", "sort"],
)
def test_what_is_right_passes(function, reference, strategies):
    result = check(function, reference, *strategies, examples=FEW)
    assert result.examples == FEW
    assert {each.dtype for each in result.worst} == {"float32", "float64"}


def test_what_cancels_in_the_gradient_of_a_sum_may_be_a_rounding():
    """That of a normalised line is 0, where PyTorch's one operation gives just that."""
    x = minigrad.tensor([[1.0, -0.5, -0.5], [-0.5, -0.5, -0.5]], requires_grad=True)
    for dtype in (minigrad.float32, minigrad.float64):
        lines = x.detach().to(dtype).requires_grad_()
        assert check(naive_norm, lambda x: G.layer_norm(x, (3,)), lines, examples=1)


class Squared(minigrad.autograd.Function):
    """Its gradient is right, and that of its gradient is none."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return 2 * grad * x.detach()


@pytest.mark.parametrize(
    ("function", "reference", "wrong"),
    [
        (lambda x: F.elu(x, 1.00001), G.elu, "output"),
        (lambda x: x.detach() * x, lambda x: x * x, "gradient by input 0"),
        (Squared.apply, torch.square, "second gradient by input 0"),
        (lambda x: x[:, :2], lambda x: x, "output"),
        (lambda x: x.argmin(1), lambda x: x.argmax(1), "output"),
        (lambda x: minigrad.log(1 + minigrad.exp(8 * x)) / 8, lambda x: G.softplus(x, 8.0), ""),
    ],
    ids=["value", "gradient", "second", "shape", "whole numbers", "cancellation"],
)
def test_what_is_wrong_fails(function, reference, wrong):
    with pytest.raises(CheckError) as caught:
        check(function, reference, tensors((2, 3), values=numbers(1.0, 2.0) | numbers(-4.0, -0.5)))
    assert wrong in caught.value.agreement.name


def test_a_wrong_gradient_is_found_where_values_are_equal():
    with pytest.raises(CheckError) as caught:
        check(lambda x: x.clamp(min=0) + (x - x.detach()) * 1e-4, torch.relu, X)
    assert caught.value.agreement.name == "gradient by input 0"


def test_the_message_has_all_that_is_needed_to_repeat_it():
    with pytest.raises(CheckError) as caught:
        check(lambda x: x.abs() * 1.001, torch.abs, X)
    error = caught.value
    text = str(error)
    found = error.agreement
    assert found.error > found.allowed
    assert re.search(r"off by +8\S+ ulp, the reference 0\n +allowed +\S+ ulp: ", text)
    assert re.search(r"wrong +\d of 6 elements", text)
    (shrunk,) = error.inputs
    assert {*shrunk.flatten().tolist()} <= {0.0, 1.0}
    *_, imports, call = text.splitlines()
    names = {}
    exec(imports.strip(), names)
    with pytest.raises(CheckError, match=re.escape(f"{found.name} at {found.where}")):
        exec(call.strip(), names)


def test_numpy_functions_come_with_their_gradient():
    def right(grad, x):
        return grad * (1 - np.tanh(x) ** 2)

    assert check(np.tanh, torch.tanh, X, library=np, gradient=right, examples=FEW)
    with pytest.raises(CheckError, match="gradient by input 0"):
        check(np.tanh, torch.tanh, X, library=np, gradient=lambda grad, x: grad * (1 - np.tanh(x)))


def test_pytorchs_own_functions_and_tuples_of_arguments():
    both = st.integers(1, 3).flatmap(lambda n: st.tuples(tensors((n, 2)), tensors((n, 2))))
    assert check(lambda a, b: a + b, torch.add, both, library=torch, order=1, examples=FEW)


def test_an_exception_is_a_failure_unless_it_is_the_references_as_well():
    def fails(x):
        raise ZeroDivisionError("no luck")

    def refuses(x):
        raise RuntimeError("not this one")

    with pytest.raises(CheckError, match="raises ZeroDivisionError: no luck"):
        check(fails, torch.abs, X)
    every = "the reference raises an error at every input that was drawn: "
    with pytest.raises(ValueError, match=every + "RuntimeError: not this one"):
        check(minigrad.abs, refuses, X)
    with pytest.raises(ValueError, match="check: the strategies give no input"):
        check(minigrad.abs, torch.abs, X.filter(lambda x: False))


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((1, torch.abs, X), {}, "function must be callable, got int"),
        ((abs, torch.abs), {}, "strategies: expected one for each argument"),
        ((abs, torch.abs, X), {"order": 3}, "order must be 0, 1 or 2, got 3"),
        ((abs, torch.abs, X), {"examples": 0}, "examples must be a whole number of at least 1"),
        ((abs, torch.abs, X), {"examples": 2.5}, "examples must be a whole number .* got 2.5"),
        ((abs, torch.abs, X), {"dtypes": "float32"}, "dtypes must be some of"),
        ((abs, torch.abs, X), {"library": "torch"}, "library must be minigrad, torch or numpy"),
        ((abs, torch.abs, X), {"gradient": abs}, "gradient is for NumPy functions"),
    ],
)
def test_bad_arguments_are_named(arguments, options, message):
    with pytest.raises((TypeError, ValueError), match=message):
        check(*arguments, **options)
