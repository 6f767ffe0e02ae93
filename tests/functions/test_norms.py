"""Norms: PyTorch's for every p, with gradient 0 where the norm of a vector is 0."""

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st
from hypothesis.extra import numpy as npst

import minigrad as torch
from minigrad.testing import gradcheck
from minigrad.testing.strategies import LAYOUTS, contiguous_tensors, numbers

from .agreement import FLOATING, Operand, check, operands
from .dimensions import DIMS, has_two_faults

INF, NAN = float("inf"), float("nan")


@given(
    x=operands(),
    p=st.sampled_from([0, 1, 2, 3, 0.5, 1.5, -1, INF, -INF, NAN, "fro", "nuclear", None]),
    dim=DIMS,
    keepdim=st.booleans(),
)
def test_norms(x, p, dim, keepdim):
    assume(not has_two_faults(x.values, dim))
    named = dim if isinstance(dim, tuple) else () if dim is None else (dim,)
    reach = max(x.values.ndim, 1)
    # Of an empty dimension and one that is not there PyTorch tells which it meets first.
    assume(x.values.size or all(-reach <= each < reach for each in named))
    check(lambda torch, x: torch.norm(x, p, dim, keepdim), x)
    check(lambda torch, x: x.norm(p=p, dim=dim, keepdim=keepdim), x)


@given(
    x=operands(npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3)),
    dim=st.none() | st.lists(st.integers(-4, 3), max_size=3).map(tuple) | st.integers(-1, 1),
    keepdim=st.booleans(),
)
def test_nuclear_norms(x, dim, keepdim):
    x = x._replace(requires_grad=False)  # where a singular value is 0 there are many gradients
    assume(not has_two_faults(x.values, dim))
    check(lambda torch, x: torch.norm(x, "nuc", dim, keepdim), x)
    check(lambda torch, x: x.norm(p="nuc", dim=dim, keepdim=keepdim), x)


@given(
    seed=st.integers(0, 2**32 - 1),
    shape=npst.array_shapes(min_dims=2, max_dims=4, min_side=1, max_side=3),
    dtype=st.sampled_from(FLOATING),
    layout=st.sampled_from(LAYOUTS),
    data=st.data(),
)
def test_gradients_of_nuclear_norms_to_second_order(seed, shape, dtype, layout, data):
    dim = data.draw(st.permutations(range(len(shape))).map(lambda axes: tuple(axes[:2])))
    rows, columns = (shape[axis] for axis in dim)
    given = np.random.default_rng(seed).uniform(-0.2, 0.2, shape)
    centre = np.eye(rows, columns) * (np.arange(columns) + 1)  # with singular values far apart
    values = given + np.moveaxis(
        np.broadcast_to(centre, np.moveaxis(given, dim, (-2, -1)).shape), (-2, -1), dim
    )
    x = Operand(values.astype(dtype), layout, True)
    check(lambda torch, x: x.norm("nuc", dim), x, orders=2)


def test_a_nuclear_norm_is_smooth_where_singular_values_are_equal():
    for shape in ((2, 2), (3, 2), (2, 3)):
        x = torch.tensor(np.eye(*shape) * -2, requires_grad=True)
        gradcheck(lambda x: x.norm("nuc"), x, order=3)


@given(x=contiguous_tensors((3, 2), numbers(-3.0, 3.0)), turned=st.booleans())
def test_a_nuclear_norm_is_the_same_turned(x, turned):
    turn = torch.tensor([[0.6, -0.8], [0.8, 0.6]], dtype=torch.float64)
    other = x.T if turned else x @ turn
    assert other.norm("nuc").item() == pytest.approx(x.norm("nuc").item(), rel=1e-12, abs=1e-300)


def test_a_nuclear_norm_in_a_compiled_step():
    def step(x):
        (grad,) = torch.autograd.grad(x.norm("nuc"), x, create_graph=True)
        return [x.detach().norm("nuc"), *torch.autograd.grad((grad * x.detach() ** 2).sum(), x)]

    compiled, rng = torch.compile(step), np.random.default_rng(0)
    for shape in ((3, 2), (3, 2), (3, 2), (2, 2), (2, 2), (2, 2)):
        x = torch.tensor(rng.normal(size=shape), requires_grad=True)
        for mine, eager in zip(compiled(x), step(x), strict=True):
            assert mine.array.tobytes() == eager.array.tobytes()


def test_of_what_is_not_finite_singular_values_are_not_to_be_had(torch):
    assert torch.tensor([[INF, 1.0], [1.0, 2.0]]).norm("nuc").isnan()
    with pytest.raises(RuntimeError, match=r"linalg\.svd: The algorithm failed to converge"):
        torch.tensor([[1.0, NAN]]).norm("nuc")


@pytest.mark.parametrize(
    ("shape", "arguments", "told"),
    [
        ((3,), ("nuc",), "The input tensor A must have at least 2 dimensions"),
        ((2, 2, 2), ("nuc",), "dim must be a 2-tuple. Got 0 1 2"),
        ((2, 2), ("nuc", (1, -1)), "dims must be different. Got (1, 1)"),
        ((2, 2), ("spectral",), "Order spectral not supported"),
        ((2, 2, 2), ("fro", (0, 1, 2)), "dim must be a 2-tuple. Got 0 1 2"),
    ],
)
def test_norms_of_matrices_that_are_refused(torch, failure, shape, arguments, told):
    assert failure(torch.ones(shape).norm, *arguments).startswith(
        f"RuntimeError: linalg.matrix_norm: {told}"
    )


@pytest.mark.parametrize("dim", ["ab", (0.5, 1), np.array([0, 1]), np.int64(1)])
def test_dimensions_of_a_matrix_are_a_tuple(torch, dim):
    with pytest.raises(TypeError):
        torch.ones(2, 2).norm("nuc", dim)


@given(
    values=st.lists(st.floats(-10, 10, width=16), min_size=1, max_size=4),
    p=st.sampled_from([0.5, 1, 2, 3]),
    exponent=st.integers(-990, 990),
)
def test_a_norm_is_right_where_powers_of_its_numbers_leave_float64(values, p, exponent):
    x = torch.tensor(values, dtype=torch.float64)
    assert (x * 2.0**exponent).norm(p).item() == x.norm(p).item() * 2.0**exponent


@pytest.mark.parametrize("p", [101, 1e4, 2**40, 1e30])
def test_of_a_large_p_the_largest_number_decides(p):
    x = torch.tensor([3.0, -7.0, 0.5], dtype=torch.float64)
    assert x.norm(p).item() == pytest.approx(7.0, rel=1e-15)
    assert (x * 0 + 5).norm(p).item() == pytest.approx(5 * 3 ** (1 / p), rel=1e-14)


def test_of_a_negative_p_the_smallest_number_decides_however_large_another_is():
    x = torch.tensor([1e-300, 1e300], dtype=torch.float64)
    assert x.norm(-1).item() == pytest.approx(1e-300, rel=1e-15, abs=0)


def test_how_many_are_not_0_passes_no_gradient_on(torch):
    x = torch.ones(3, 2, requires_grad=True)
    y = x * 2
    y.retain_grad()
    counted = y.norm(0, dim=0)
    assert counted.requires_grad and counted.tolist() == [3.0, 3.0]
    counted.sum().backward(retain_graph=True)
    assert x.grad is None and y.grad is None
    assert torch.autograd.grad(counted.sum(), x, allow_unused=True, retain_graph=True) == (None,)
    with pytest.raises(RuntimeError, match="appears to not have been used in the graph"):
        torch.autograd.grad(counted.sum(), x, retain_graph=True)
    (counted.sum() + y.sum()).backward()
    assert x.grad.tolist() == [[2.0, 2.0]] * 3


def test_an_order_that_is_no_number(torch, failure):
    x = torch.tensor([[-2.0], [3.0]], requires_grad=True)
    assert x.norm(NAN, dim=1).tolist() == [2.0, 3.0] and x.norm(NAN).isnan()
    x.norm(NAN, dim=1).sum().backward()
    assert x.grad.isnan().all()
    for order in (np.array([1, 2]), [1]):
        assert failure(x.norm, order).startswith("TypeError: ")


@pytest.mark.parametrize("wrong", [1, [1.0], np.ones(2)])
def test_what_is_no_tensor_has_no_norm(torch, wrong):
    with pytest.raises(AttributeError, match="object has no attribute 'layout'"):
        torch.norm(wrong)
