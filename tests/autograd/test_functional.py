"""Jacobians, Hessians and their products: against each other, and against PyTorch."""

import itertools

import numpy as np
import pytest
from hypothesis import given, strategies as st

import minigrad
from minigrad.autograd.functional import hessian, hvp, jacobian, jvp, vhp, vjp


def drawn(seed, *shapes):
    source = np.random.default_rng(seed)
    return tuple(minigrad.from_numpy(source.uniform(-1, 1, shape)) for shape in shapes)


def two_outputs(x, y):
    return (x[:, None] * y).exp().sum(0), (x * x.tanh()).sum() * y


def one_number(x, y):
    return (two_outputs(x, y)[0] ** 2).sum() + (x**3).prod() * y.sum()


def as_matrix(blocks, rows, columns):
    """A tuple of tuples of blocks as one array."""
    flat = [
        [block.numpy().reshape(rows[k], columns[j]) for j, block in enumerate(row)]
        for k, row in enumerate(blocks)
    ]
    return np.block(flat)


def as_vector(tensors):
    return np.concatenate([each.detach().numpy().ravel() for each in tensors])


@given(seed=st.integers(0, 2**32))
def test_products_are_products_with_the_matrices(seed):
    inputs, v = drawn(seed, (2,), (3,)), drawn(seed + 1, (2,), (3,))
    u = drawn(seed + 2, (3,), (3,))
    matrix = as_matrix(jacobian(two_outputs, inputs), (3, 3), (2, 3))
    outputs, pulled = vjp(two_outputs, inputs, u)
    np.testing.assert_allclose(as_vector(pulled), as_vector(u) @ matrix, rtol=1e-10, atol=1e-12)
    assert [each.tolist() for each in outputs] == [e.tolist() for e in two_outputs(*inputs)]
    pushed = jvp(two_outputs, inputs, v)[1]
    np.testing.assert_allclose(as_vector(pushed), matrix @ as_vector(v), rtol=1e-10, atol=1e-12)
    matrix = as_matrix(hessian(one_number, inputs), (2, 3), (2, 3))
    np.testing.assert_allclose(matrix, matrix.T, rtol=1e-10, atol=1e-12)
    for product in (hvp, vhp):
        found = product(one_number, inputs, v)[1]
        np.testing.assert_allclose(as_vector(found), matrix @ as_vector(v), rtol=1e-9, atol=1e-12)


@given(seed=st.integers(0, 2**32))
def test_derivatives_are_limits_of_differences(seed):
    x, y = drawn(seed, (2,), (3,))
    (step,) = drawn(seed + 1, (2,))
    ends = [two_outputs(x + step * size, y)[0] for size in (1e-5, -1e-5)]
    slope = jacobian(lambda x: two_outputs(x, y)[0], x) @ step
    np.testing.assert_allclose(slope, (ends[0] - ends[1]) / 2e-5, rtol=1e-6, atol=1e-8)


@given(seed=st.integers(0, 2**32))
def test_with_create_graph_results_can_be_differentiated(seed):
    (x,) = drawn(seed, (3,))
    x.requires_grad_()
    second = hessian(lambda x: (x**4).sum(), x, create_graph=True)
    (third,) = minigrad.autograd.grad(second.sum(), x)
    np.testing.assert_allclose(third.detach(), 24 * x.detach(), rtol=1e-12)
    assert not hessian(lambda x: (x**4).sum(), x).requires_grad
    with minigrad.no_grad():
        assert jvp(lambda x: x * x, x, minigrad.ones_like(x), create_graph=True)[1].requires_grad


FUNCTIONS = {
    "square": lambda torch: lambda x: x * x,
    "cubes": lambda torch: lambda x: (x**3).sum(),
    "linear": lambda torch: lambda x: x * 2,
    "linear sum": lambda torch: lambda x: (x * 2).sum(),
    "constant": lambda torch: lambda x: torch.ones(()),
    "of another leaf": lambda torch: lambda x: (torch.ones(2, requires_grad=True) ** 3).sum(),
    "two, one constant": lambda torch: lambda x: (x * x, torch.ones(3)),
    "a list": lambda torch: lambda x: [x * x, x],
    "not only tensors": lambda torch: lambda x: (x, 3),
    "detached": lambda torch: lambda x: x.detach(),
    "one element": lambda torch: lambda x: (x**3).sum().reshape(1),
    "of two": lambda torch: lambda x, y: x * y,
    "of two, sum": lambda torch: lambda x, y: (x * y * y).sum(),
    "of the first": lambda torch: lambda x, y: (x**3).sum(),
}
INPUTS = {
    "vector": lambda torch: torch.tensor([1.0, 2.0]),
    "in a graph": lambda torch: torch.tensor([1.0, 2.0], requires_grad=True) * 1,
    "number": lambda torch: torch.tensor(2.0),
    "tuple": lambda torch: (torch.tensor([1.0, 2.0]),),
    "integers": lambda torch: torch.tensor([1, 2]),
    "no tensor": lambda torch: 3,
    "two": lambda torch: (torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])),
}
VECTORS = {
    "none": lambda torch: None,
    "vector": lambda torch: torch.tensor([3.0, 5.0]),
    "number": lambda torch: torch.tensor(3.0),
    "two": lambda torch: (torch.tensor([3.0, 5.0]), torch.tensor([1.0, 7.0])),
    "no tensor": lambda torch: 3,
}
CALLS = [
    (name, function, given, vector)
    for name, vectors in (
        *((name, ["none"]) for name in ("jacobian", "hessian")),
        *((name, VECTORS) for name in ("vjp", "jvp", "vhp", "hvp")),
    )
    for function, given, vector in itertools.product(FUNCTIONS, INPUTS, vectors)
    if ("two" in given) == ("of two" in function or "of the first" in function)
]


def told(library, call, create_graph, strict, failure):
    name, function, given, vector = call
    more = [] if name in ("jacobian", "hessian") else [VECTORS[vector](library)]
    arguments = [FUNCTIONS[function](library), INPUTS[given](library), *more]

    def compute():
        asked = {"create_graph": create_graph, "strict": strict}
        return getattr(library.autograd.functional, name)(*arguments, **asked)

    try:
        return described(compute())
    except (RuntimeError, TypeError, AttributeError):
        return failure(compute)


def described(value):
    if isinstance(value, tuple):
        return [described(each) for each in value]
    return value.detach().tolist(), value.requires_grad


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("name", ["jacobian", "hessian", "vjp", "jvp", "vhp", "hvp"])
def test_every_call_is_as_pytorch_has_it(name, create_graph, strict, failure):
    """Results, whether they require gradients, and errors."""
    torch = pytest.importorskip("torch")
    for call in CALLS:
        if call[0] == name:
            here, there = (
                told(library, call, create_graph, strict, failure) for library in (minigrad, torch)
            )
            assert here == there, call


def test_options_that_exclude_each_other(torch):
    x = torch.ones(2)
    compute = torch.autograd.functional.jacobian
    with pytest.raises(RuntimeError, match="`strict=True` and `vectorized=True` are not"):
        compute(lambda x: x, x, strict=True, vectorize=True)
    with pytest.raises(AssertionError, match='either "forward-mode" or "reverse-mode"'):
        compute(lambda x: x, x, strategy="sideways")
    with pytest.raises(NotImplementedError, match='`create_graph=True` and `strategy="forward-'):
        compute(lambda x: x, x, create_graph=True, strategy="forward-mode")
    with pytest.raises(NotImplementedError, match="only implemented for `vectorize=True`"):
        compute(lambda x: x, x, strategy="forward-mode")
