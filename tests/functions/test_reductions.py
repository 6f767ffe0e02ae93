"""Sums, extrema, deviations, norms, softmax: PyTorch's results, gradients and refusals."""

import numpy as np
import pytest
from hypothesis import assume, example, given, strategies as st
from hypothesis.extra import numpy as npst

import minigrad

from .agreement import Operand, check, operands
from .dimensions import DIM, DIMS, both_ways, has_two_faults, options

DTYPE = st.sampled_from([None, "float32", "float64", "int64", "bool"])
MANY = ["sum", "mean", "amax", "amin", "any", "all", "var", "std", "norm", "logsumexp"]
ONE = ["max", "min", "argmax", "argmin", "prod"]
ALONG = ["softmax", "log_softmax", "cumsum"]


@pytest.mark.parametrize("name", MANY)
@given(x=operands(), chosen=options(DIMS))
def test_over_several_dimensions(name, x, chosen):
    assume(name != "logsumexp" or chosen.get("dim", ()) != ())  # it needs one
    assume(name not in ("var", "std") or chosen.get("dim") != ())  # PyTorch's gradient is wrong
    both_ways(name, x, **chosen)


@pytest.mark.parametrize("name", ONE)
@given(x=operands(), chosen=options(DIM))
def test_over_one_dimension(name, x, chosen):
    both_ways(name, x, **chosen)


@pytest.mark.parametrize("name", ["sum", "mean", "prod", "max", "min", "median"])
@pytest.mark.parametrize("keepdim", [True, False])
def test_whether_dimensions_stay_is_said_beside_one(torch, name, keepdim):
    x = torch.ones(2, 3)
    with pytest.raises(TypeError):
        getattr(torch, name)(x, keepdim=keepdim)
    with pytest.raises(TypeError):
        getattr(x, name)(keepdim=keepdim)


@pytest.mark.parametrize("name", ALONG)
@given(x=operands(), dim=DIM)
def test_along_a_dimension(name, x, dim):
    both_ways(name, x, dim=dim)


@pytest.mark.parametrize("name", ["sum", "mean", "var", "std", "norm", "logsumexp", "softmax",
                                  "log_softmax", "cumsum", "prod", "max", "min"])  # fmt: skip
@given(x=operands(dtypes=[np.float64], special=False), dim=st.integers(-2, 1))
def test_gradients_of_gradients_are_pytorchs(name, x, dim):
    assume(x.values.ndim)
    # Where all numbers are equal the deviation has a kink: the second derivative is infinite.
    assume(name != "std" or -x.values.ndim <= dim < x.values.ndim)
    assume(name != "std" or not x.values.size or np.ptp(x.values, axis=dim).all())

    def call(torch, x):  # rising, so that no two numbers become one but for rounding
        found = getattr(torch, name)(x * x * x + x, dim=dim)
        return found[0] if name in ("max", "min") else found

    check(call, x, orders=2)


@given(x=operands(dtypes=[np.float64], shape=npst.array_shapes(max_dims=2, max_side=5)))
@example(x=Operand(np.array([2.0, 0.0, 3.0, 5.0]), "contiguous", True))
@example(x=Operand(np.array([[0.0, 3.0, 0.0], [2.0, -0.0, 5.0]]), "transposed", True))
def test_products_beside_zeros(x):
    values = np.where(np.isfinite(x.values), x.values, 0.0)
    x = x._replace(values=values)
    check(lambda torch, x: torch.prod(x), x, orders=2)
    check(lambda torch, x: torch.prod(x, dim=-1), x, orders=2)


INF, NAN = float("inf"), float("nan")


@pytest.mark.parametrize(
    ("values", "whole", "along"),
    [
        ([INF, -INF, 0.0, 0.0, NAN, 1.0], [0.0] * 6, [NAN] * 6),
        ([3.0, 0.0, 0.0], [0.0] * 3, [0.0] * 3),
        ([INF, 0.0, 3.0], [0.0, INF, NAN], [0.0, INF, NAN]),
        ([INF, 2.0, 3.0], [NAN, INF, INF], [NAN, INF, INF]),
    ],
)
def test_gradients_of_products_of_what_is_not_finite(torch, values, whole, along):
    """Of two zeros among all elements it is 0, whatever the others are."""
    for product, truth in ((lambda x: x.prod(), whole), (lambda x: x.prod(0), along)):
        x = torch.tensor(values, requires_grad=True)
        product(x).backward()
        np.testing.assert_array_equal(x.grad.numpy(), np.float32(truth))


@pytest.mark.parametrize("dim", [None, 1])
@pytest.mark.parametrize("values", [[0.0, 2.0], [3.0, 2.0], [0.0], [2.0], []])
def test_of_which_products_of_one_number_the_gradient_is_one_of_the_number(torch, values, dim):
    """Of those that PyTorch divides by it: where no number is 0; of one number itself beside it.

    Without a dimension all numbers are one product, which is one of a number only if they are.
    """
    x = torch.tensor(values, requires_grad=True).reshape(-1, 1)
    product = x.prod() if dim is None else x.prod(dim)
    (grad,) = torch.autograd.grad(product.sum(), x, create_graph=True)
    depends = 0.0 not in values or (dim is None and len(values) > 1)
    assert grad.requires_grad == depends


@given(magnitudes=st.lists(st.sampled_from([1e-30, 1e-20, 1.0, -3.0, 1e20, 1e30]), max_size=6))
def test_gradients_of_products_whose_parts_leave_float32(magnitudes):
    """With a zero and without: the product of all others in extended precision, rounded once."""
    for values in (magnitudes, [*magnitudes, 0.0]):
        x = minigrad.tensor(values, requires_grad=True)
        x.prod().backward()
        wide = x.detach().numpy().astype(np.longdouble)
        with np.errstate(all="ignore"):
            truth = [np.delete(wide, place).prod() for place in range(len(wide))]
            expected = np.array(truth, np.longdouble).astype(np.float32)
        np.testing.assert_allclose(x.grad.numpy(), expected, rtol=1e-6, atol=1e-44)


@pytest.mark.parametrize("name", ["sum", "mean", "prod"])
@given(x=operands(), chosen=options(DIM), dtype=DTYPE)
def test_in_another_dtype(name, x, chosen, dtype):
    assume(x.values.dtype != np.float64 or dtype != "float32")  # a gradient rounded on its way
    check(
        lambda torch, x: getattr(torch, name)(x, **chosen, dtype=dtype and getattr(torch, dtype)),
        x,
    )


@given(x=operands(), dim=DIMS)
def test_counting(x, dim):
    assume(not has_two_faults(x.values, dim))
    check(lambda torch, x: torch.count_nonzero(x, dim=dim), x)
    check(lambda torch, x: x.count_nonzero(), x)


@given(x=operands())
def test_positional_arguments(x):
    for call in (
        lambda t, x: x.sum(0, True), lambda t, x: t.mean(x, -1, True), lambda t, x: x.max(0, True),
        lambda t, x: t.argmin(x, 0, True), lambda t, x: x.amax((0,), True),
        lambda t, x: t.norm(x, 2, 0, True), lambda t, x: x.all(-1, True),
        lambda t, x: t.logsumexp(x, 0, True), lambda t, x: x.argmax(0, True),
        lambda t, x: t.cumsum(x, 0), lambda t, x: x.softmax(0), lambda t, x: t.any(x, 0, True),
    ):  # fmt: skip
        check(call, x)


def test_bools_are_not_added_up_to_bools(torch):
    for dtype in (torch.bool, bool):
        with pytest.raises(NotImplementedError, match="not implemented for 'Bool'"):
            torch.tensor([1.0, 2.0], requires_grad=True).cumsum(0, dtype=dtype)
        assert torch.tensor(2.0).cumsum(0, dtype=dtype).tolist() is True
    with pytest.raises(TypeError, match="argument 'dtype' must be"):
        torch.ones(2).cumsum(0, dtype=np.ones(2))


@pytest.mark.parametrize("name", [*MANY, *ONE, *ALONG, "count_nonzero"])
def test_what_is_no_dimension(torch, name):
    x = torch.ones(2, 3)
    for wrong in (0.5, "a", True if name not in ("var", "std") else 1.5):
        with pytest.raises(TypeError):
            getattr(torch, name)(x, dim=wrong)
    with pytest.raises(IndexError, match=r"expected to be in range of \[-2, 1\], but got 2"):
        getattr(torch, name)(x, dim=2)
    with pytest.raises((TypeError, AttributeError)):  # the latter is what PyTorch's norm raises
        getattr(torch, name)([1.0], dim=0)


@pytest.mark.parametrize("name", [*MANY, *ONE])
def test_keepdim_is_a_bool(torch, name):
    with pytest.raises(TypeError, match=r"keepdim|combination"):
        getattr(torch, name)(torch.ones(2), dim=0, keepdim=1)


@pytest.mark.parametrize("name", ["sum", "mean", "prod", "max", "min"])
def test_keepdim_alone_is_refused(torch, name):
    with pytest.raises(TypeError):
        getattr(torch, name)(torch.ones(2), keepdim=True)


REFUSED = {
    "RuntimeError: max(): Expected reduction dim to be specified for input.numel() == 0. Specify "
    "the reduction dim with the 'dim' argument.": lambda torch: torch.zeros(0).max(),
    "IndexError: max(): Expected reduction dim 1 to have non-zero size.": lambda torch: (
        torch.zeros(2, 0).max(1)
    ),
    "IndexError: argmin(): Expected reduction dim to be specified for input.numel() == "
    "0.": lambda torch: torch.zeros(0).argmin(),
    "RuntimeError: argmax(): does not support bool input": lambda torch: (
        torch.ones(2).bool().argmax()
    ),
    "RuntimeError: mean(): could not infer output dtype. Input dtype must be either a floating "
    "point or complex dtype. Got: Long": lambda torch: torch.tensor([1]).mean(),
    "RuntimeError: std and var only support floating point and complex dtypes": lambda torch: (
        torch.tensor([1]).std()
    ),
    "RuntimeError: dim 1 appears multiple times in the list of dims": lambda torch: torch.ones(
        2, 2
    ).sum((1, -1)),
    "RuntimeError: Autograd not support dtype: Long": lambda torch: torch.ones(
        2, requires_grad=True
    ).sum(dtype=torch.int64),
    'NotImplementedError: "softmax_lastdim_kernel_impl" not implemented for '
    "'Long'": lambda torch: torch.tensor([1, 2]).softmax(0),
    "RuntimeError: linalg.vector_norm: Expected a floating point or complex tensor as input. Got "
    "Long": lambda torch: torch.tensor([1]).norm(),
    "RuntimeError: linalg.vector_norm cannot compute the inf norm on an empty tensor because the "
    "operation does not have an identity": lambda torch: torch.zeros(0).norm(float("inf")),
}


@pytest.mark.parametrize("message", REFUSED)
def test_refusals_in_pytorchs_words(torch, failure, message):
    assert failure(REFUSED[message], torch) == message


def test_a_nodes_name_says_which_reduction_it_was(torch):
    x = torch.ones(2, 2, requires_grad=True)
    names = {
        "MaxBackward0": x.max(0).values,
        "MinBackward0": x.min(0, keepdim=True).values,
        "MaxBackward1": x.max(),
        "AmaxBackward0": x.amax(0),
        "ProdBackward0": x.prod(),
        "ProdBackward1": x.prod(0),
        "CumsumBackward0": x.cumsum(0),
        "VarBackward0": x.var(),
        "StdBackward0": x.std(0),
        "LinalgVectorNormBackward0": x.norm(),
        "SoftmaxBackward0": x.softmax(0),
        "LogSoftmaxBackward0": x.log_softmax(0),
        "LogsumexpBackward0": x.logsumexp(0),
    }
    assert {name: each.grad_fn.name() for name, each in names.items()} == {n: n for n in names}


NUMPYS = {
    "sum": np.sum, "mean": np.mean, "prod": np.prod, "cumsum": np.cumsum, "amax": np.max,
    "amin": np.min, "argmax": np.argmax, "argmin": np.argmin, "any": np.any, "all": np.all,
    "count_nonzero": np.count_nonzero, "norm": np.linalg.norm,
    "var": lambda x, axis: np.var(x, axis, ddof=1), "std": lambda x, axis: np.std(x, axis, ddof=1),
    "logsumexp": lambda x, axis: np.log(np.exp(x).sum(axis)),
    "softmax": lambda x, axis: np.exp(x) / np.exp(x).sum(axis, keepdims=True),
    "log_softmax": lambda x, axis: x - np.log(np.exp(x).sum(axis, keepdims=True)),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMPYS)
@pytest.mark.parametrize("dim", [0, 1, -1])
def test_values_are_numpys(name, dim):
    x = np.random.default_rng(0).standard_normal((3, 4, 2)).round(1)
    found = getattr(minigrad, name)(minigrad.tensor(x), dim=dim)
    np.testing.assert_allclose(found.numpy(), NUMPYS[name](x, axis=dim), rtol=1e-13, atol=1e-14)


def test_the_gradient_of_a_mean_can_be_changed_in_place(torch):
    x = torch.ones(2, 3, requires_grad=True)
    for mean, share in ((x.mean(), 1 / 6), (x.mean(0).sum(), 1 / 2), (x.mean((0, 1)), 1 / 6)):
        (slope,) = torch.autograd.grad(mean, x)
        assert torch.allclose(slope.mul_(2), torch.full((2, 3), 2 * share))
    handle = x.register_hook(lambda slope: slope.mul_(3))
    x.mean().backward()
    handle.remove()
    assert torch.allclose(x.grad, torch.full((2, 3), 0.5))


def test_the_second_derivative_of_a_product_of_one(torch):
    x = torch.tensor([[2.0, 3.0]], requires_grad=True)
    (slope,) = torch.autograd.grad(x.prod(0).sum(), x, create_graph=True)
    assert slope.tolist() == [[1.0, 1.0]]
    assert torch.autograd.grad(slope.sum(), x)[0].tolist() == [[0.0, 0.0]]
