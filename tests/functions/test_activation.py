"""Activations in functional: do arguments, values and gradients agree with PyTorch's?"""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.testing.strategies import contiguous_tensors, numbers, shapes

CALLS = {
    "tanh": lambda f, x: f.tanh(x),
    "leaky_relu": lambda f, x: f.leaky_relu(x),
    "leaky_relu, falling": lambda f, x: f.leaky_relu(x, -0.3),
    "leaky_relu in place": lambda f, x: f.leaky_relu(x * 1, 0.2, True),
    "selu": lambda f, x: f.selu(x),
    "selu in place": lambda f, x: f.selu(x * 1, inplace=True),
    "silu": lambda f, x: f.silu(x),
    "silu in place": lambda f, x: f.silu(x * 1, inplace=True),
    "gelu": lambda f, x: f.gelu(x),
    "gelu by tanh": lambda f, x: f.gelu(x, approximate="tanh"),
    "softplus": lambda f, x: f.softplus(x),
    "softplus, sharp and cut": lambda f, x: f.softplus(x, beta=3, threshold=1.6),
    "softplus, negative": lambda f, x: f.softplus(x, -2.0),
}
VALUES = numbers(-30.0, 30.0, 0.0, -0.0, 1.0, 0.5, -1000.0, math.nan)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("kind", ["float32", "float64"])
@given(x=contiguous_tensors(shapes(2, 20), VALUES))
def test_values_and_gradients_to_second_order_are_pytorchs(name, kind, x):
    torch = pytest.importorskip("torch")
    found = []
    for library in (minigrad, torch):
        leaf = library.tensor(x.array.astype(kind), requires_grad=True)
        out = CALLS[name](library.nn.functional, leaf)
        start = library.tensor(np.ones(x.array.shape, kind))
        (slope,) = library.autograd.grad(out, leaf, start, create_graph=True)
        found.append([each.detach().numpy() for each in (out, slope)])
        if slope.requires_grad and not np.isnan(x.array).any() and 0.0 not in x.array:
            (bend,) = library.autograd.grad(slope, leaf, start, allow_unused=True)
            found[-1].append(None if bend is None else bend.numpy())
    tolerances = (1.3e-6, 1e-5) if kind == "float32" else (1e-7, 1e-7)
    for ours, theirs in zip(*found, strict=False):
        if ours is not None and theirs is not None:
            kinks = np.isnan(x.array) & (name.startswith(("selu", "leaky")))
            np.testing.assert_allclose(
                ours[~kinks], theirs[~kinks], rtol=tolerances[0], atol=tolerances[1]
            )


@pytest.mark.parametrize(
    ("name", "argument", "position"),
    [("leaky_relu", "negative_slope", 2), ("softplus", "beta", 2), ("softplus", "threshold", 3)],
)
def test_numbers_are_numbers(torch, failure, name, argument, position):
    function = getattr(torch.nn.functional, name)
    before = (1.0,) * (position - 2)
    for wrong in ("a", None):
        assert failure(function, torch.ones(2), *before, wrong) == (
            f"TypeError: {name}(): argument '{argument}' (position {position}) must be Number, "
            f"not {type(wrong).__name__}"
        )
    assert function(torch.zeros(2), **{argument: 1}).shape == (2,)


def test_the_approximation_is_named(torch, failure):
    gelu, x = torch.nn.functional.gelu, torch.ones(2)
    assert failure(gelu, x, approximate="erf") == (
        "RuntimeError: approximate argument must be either none or tanh."
    )
    assert failure(gelu, x, approximate=1) == (
        "TypeError: gelu(): argument 'approximate' must be str, not int"
    )
    assert failure(gelu, x, "tanh").startswith("TypeError: gelu() takes 1 positional argument")


@pytest.mark.parametrize("name", ["leaky_relu", "selu", "silu", "gelu", "softplus"])
def test_tensors_are_tensors_and_of_floating_point(torch, failure, name):
    function = getattr(torch.nn.functional, name)
    kernel = {"selu": "elu_cpu", "gelu": "GeluKernelImpl"}.get(name, f"{name}_cpu")
    assert failure(function, 3) == (
        f"TypeError: {name}(): argument 'input' (position 1) must be Tensor, not int"
    )
    for whole, dtype in ((torch.tensor([1]), "Long"), (torch.tensor([True]), "Bool")):
        assert failure(function, whole) == (
            f"NotImplementedError: \"{kernel}\" not implemented for '{dtype}'"
        )


@pytest.mark.parametrize(("name", "of_1"), [("tanh", 0.7615942), ("sigmoid", 0.7310586)])
def test_these_take_whatever_has_the_method(torch, failure, name, of_1):
    function = getattr(torch.nn.functional, name)
    assert failure(function, 3) == f"AttributeError: 'int' object has no attribute '{name}'"
    for whole in (torch.tensor([1]), torch.tensor([True])):
        assert function(whole).dtype == torch.float32
        assert function(whole).tolist() == pytest.approx([of_1], rel=1e-6)


@given(slope=st.sampled_from([-0.5, -1e-30]))
def test_in_place_with_a_falling_left_side_there_is_no_backward(slope):
    x = minigrad.tensor([-1.0, 2.0], requires_grad=True)
    out = minigrad.nn.functional.leaky_relu(x * 1, slope, inplace=True)
    with pytest.raises(RuntimeError, match="In-place leakyReLu backward calculation is triggered"):
        out.sum().backward()
