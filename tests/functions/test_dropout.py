"""What does dropout do with its arguments, and is it PyTorch's to the bit?"""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.testing.strategies import numbers, shapes, tensors


@pytest.mark.parametrize("p", [1.5, -0.1, 2])
def test_a_probability_is_between_0_and_1(torch, failure, p):
    expected = f"ValueError: dropout probability has to be between 0 and 1, but got {p}"
    assert failure(torch.nn.functional.dropout, torch.ones(2), p) == expected
    assert failure(torch.nn.functional.dropout, torch.ones(2), p, training=False) == expected
    assert failure(torch.nn.Dropout, p) == expected


def test_what_else_is_refused(torch, failure):
    dropout = torch.nn.functional.dropout
    assert failure(dropout, torch.ones(2), "a").startswith("TypeError: '<' not supported")
    assert failure(dropout, [1.0]) == (
        "TypeError: dropout(): argument 'input' (position 1) must be Tensor, not list"
    )
    assert failure(dropout, torch.ones(2), math.nan, False) == (
        "RuntimeError: dropout probability has to be between 0 and 1, but got nan"
    )
    for whole, name in ((torch.tensor([1, 2]), "Long"), (torch.tensor([True]), "Bool")):
        assert failure(dropout, whole) == (
            f"RuntimeError: result type Float can't be cast to the desired output type {name}"
        )
    leaf = torch.ones(2, requires_grad=True)
    assert failure(dropout, leaf, inplace=True).startswith("RuntimeError: a leaf Variable")


def test_where_nothing_is_dropped_the_input_comes_back(torch):
    dropout = torch.nn.functional.dropout
    for x in (torch.ones(3), torch.tensor([1, 2])):
        assert dropout(x, 0.5, training=False) is x
        assert dropout(x, 0.0) is x
        assert dropout(x, 0.5, False, inplace=True) is x
    empty = torch.zeros(0, 3)
    assert dropout(empty) is empty


def test_where_all_is_dropped_nothing_is_drawn(torch):
    dropout = torch.nn.functional.dropout
    torch.manual_seed(0)
    x = torch.tensor([-1.0, 2.0, math.inf], requires_grad=True)
    out = dropout(x, 1.0)
    np.testing.assert_array_equal(out.detach().numpy(), [-0.0, 0.0, math.nan])
    out.sum().backward()
    assert x.grad.tolist() == [0.0, 0.0, 0.0]
    assert dropout(torch.tensor([3, -4]), 1.0).tolist() == [0, 0]
    drawn = torch.rand(1).item()
    torch.manual_seed(0)
    assert drawn == torch.rand(1).item()


def test_what_is_left_is_larger_and_its_gradient_too(torch):
    torch.manual_seed(1)
    x = torch.ones(20_000, requires_grad=True)
    out = torch.nn.functional.dropout(x, 0.2)
    out.sum().backward()
    assert set(out.tolist()) == {0.0, 1.25}
    assert out.mean().item() == pytest.approx(1.0, abs=0.02)
    assert x.grad.tolist() == out.tolist()


def test_in_place_the_input_is_the_output(torch):
    torch.manual_seed(2)
    leaf = torch.ones(50, requires_grad=True)
    x = leaf * 3
    out = torch.nn.functional.dropout(x, 0.5, True, True)
    assert out is x and set(x.tolist()) == {0.0, 6.0}
    x.sum().backward()
    assert leaf.grad.tolist() == x.tolist()


def draws_elsewhere(torch):
    """Whether PyTorch takes one number for all of a tensor: a seed for Intel's library."""
    states = []
    for size in (1, 100):
        torch.manual_seed(0)
        torch.nn.functional.dropout(torch.ones(size))
        states.append(torch.get_rng_state())
    return bool((states[0] == states[1]).all())


@given(data=st.data(), p=numbers(0.0, 1.0, 0.5), seed=st.integers(0, 99))
def test_it_is_pytorchs_to_the_bit_however_elements_lie(data, p, seed):
    torch = pytest.importorskip("torch")
    if draws_elsewhere(torch):
        pytest.skip("here PyTorch draws from Intel's library")
    dtype = data.draw(st.sampled_from([minigrad.float32, minigrad.float64]))
    x = data.draw(tensors(shapes(3, 5), dtype, numbers(-3.0, 3.0, -0.0, math.inf, of=dtype)))
    if any(step < 0 for step in x.array.strides) or not x.array.flags.aligned:
        return  # what PyTorch has no tensors of
    theirs = torch.from_numpy(x.array).requires_grad_()
    results = []
    for library, operand in ((minigrad, x), (torch, theirs)):
        library.manual_seed(seed)
        out = library.nn.functional.dropout(operand, p)
        start = library.tensor(np.ones_like(x.array))
        (grad,) = library.autograd.grad(out, operand, start)
        results.append([each.detach().numpy().tobytes() for each in (out, grad)])
        results[-1].append(library.rand(2).tolist())
    assert results[0][2] == results[1][2]
    nan = np.isnan(out.detach().numpy()).any()
    assert results[0][1] == results[1][1]
    assert nan or results[0][0] == results[1][0]
