"""Elements in order: PyTorch's values, places, gradients and refusals."""

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

from .agreement import check, operands
from .moving import DIM, both_ways, plain


@given(x=operands(), dim=DIM, descending=st.booleans())
def test_sort(x, dim, descending):
    """Equal elements stay in order, so places are PyTorch's too when it sorts stably."""
    both_ways("sort", x)
    both_ways("sort", x, dim=dim, descending=descending, stable=True)
    both_ways("argsort", x, dim=dim, descending=descending, stable=True)
    check(lambda torch, x: torch.sort(x, dim, descending).values, x)
    check(lambda torch, x: torch.msort(x), x)


@given(x=plain(), k=st.integers(-1, 5), dim=DIM, largest=st.booleans())
def test_topk(x, k, dim, largest):
    both_ways("topk", x, k)
    both_ways("topk", x, k=k, dim=dim, largest=largest)


@given(x=operands(), k=st.integers(0, 3), largest=st.booleans())
def test_values_of_topk_beside_ties(x, k, largest):
    """Which of several equal elements are taken is nobody's promise: their values are."""
    values = x._replace(requires_grad=False)
    check(lambda torch, x: torch.topk(x, k, largest=largest).values, values)


@given(x=operands(), data=st.data())
def test_unique(x, data):
    inverse, counts = data.draw(st.booleans()), data.draw(st.booleans())
    # Which of several NaN comes first is nobody's promise: PyTorch's sort keeps no order of them.
    assume(not inverse or np.isnan(x.values).sum() < 2)
    unsigned = x.values + np.zeros((), x.values.dtype)  # -0.0 and 0.0 are one value, or two
    x = x._replace(requires_grad=False, values=np.asarray(unsigned))
    both_ways("unique", x, return_inverse=inverse, return_counts=counts)


@given(x=operands(), dim=DIM)
def test_distinct_parts_along_a_dimension(x, dim):
    unsigned = x.values + np.zeros((), x.values.dtype)
    x = x._replace(requires_grad=False, values=np.asarray(unsigned))
    if not np.isnan(unsigned).any():  # how parts with a NaN are ordered is nobody's promise
        check(lambda torch, x: torch.unique(x, dim=dim, return_inverse=True), x)


@pytest.mark.parametrize("dim", [None, 0])
def test_distinct_elements_have_a_place_in_the_graph_and_no_derivative(torch, failure, dim):
    x = torch.tensor([2.0, 1.0, 2.0], requires_grad=True)
    values, counts = torch.unique(x, dim=dim, return_counts=True)
    assert (values.requires_grad, counts.requires_grad) == (True, False)
    name = "_unique2" if dim is None else "unique_dim"
    assert failure(values.sum().backward) == (
        f"NotImplementedError: the derivative for '{name}' is not implemented."
    )
    assert not torch.unique(x.detach()).requires_grad


def test_parts_have_names(torch, printed):
    ordered = torch.tensor([2.0, 3.0, 1.0]).sort()
    assert printed(ordered) == (
        "minigrad.return_types.sort(\nvalues=tensor([1., 2., 3.]),\nindices=tensor([2, 0, 1]))"
    )
    assert ordered.values is ordered[0] and ordered.indices is ordered[1]
    values, indices = torch.topk(torch.tensor([2, 3, 1]), k=2)
    assert (values.tolist(), indices.tolist()) == ([3, 2], [1, 0])
    assert torch.sort(torch.tensor([1.0, float("nan"), 2.0]), descending=True)[1].tolist() == [
        1, 2, 0
    ]  # fmt: skip


def test_gradients_go_where_the_values_were():
    from minigrad import tensor
    from minigrad.testing import gradcheck

    x = tensor([[2.0, -1.0, 3.5], [0.0, 7.0, 1.0]], dtype=tensor(1.0).double().dtype)
    x.requires_grad_()
    gradcheck(lambda x: x.sort(0)[0] ** 2, [x], order=2)
    gradcheck(lambda x: x.topk(2)[0] ** 2, [x], order=2)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda x: x.topk(4), "RuntimeError: selected index k out of range"),
        (lambda x: (x > 0).topk(1), "RuntimeError: topk does not support bool dtypes on CPU"),
        (lambda x: x.topk(1.0), "TypeError: topk(): argument 'k'"),
        (lambda x: x.sort(1), "IndexError: Dimension out of range"),
        (lambda x: x.sort(0, 1), "TypeError: sort()"),
        (lambda x: x.sort(0, False, True), "TypeError: "),
        (lambda x: x.sort(0, stable=True), "TypeError: sort()"),
        (lambda x: x.sort(0, descending=True, stable=None), "TypeError: sort()"),
        (lambda x: x.argsort(0, stable=False), "TypeError: argsort()"),
        (lambda x: x.argsort(descending="no"), "TypeError: argsort()"),
        (lambda x: x.topk(1, largest=1), "TypeError: topk(): argument 'largest' must be bool, "
                                         "not int"),
    ],
)  # fmt: skip
def test_texts(torch, failure, wrong, text):
    assert text in failure(wrong, torch.zeros(3))


def test_the_order_of_a_number_is_no_view(torch):
    assert torch.tensor(2.0).sort().indices._base is None
    assert torch.tensor(2.0).argsort()._base is None


@pytest.mark.parametrize("wrong", [0, None, "x"])
def test_whether_distinct_elements_are_sorted_is_a_bool(torch, wrong):
    """So that `x.unique(0)`, which looks like a dimension, is none."""
    for function in (torch.unique, torch.Tensor.unique):
        with pytest.raises(TypeError, match="must be bool"):
            function(torch.ones(2), wrong)
        with pytest.raises(TypeError, match="must be bool"):
            function(torch.ones(2), return_inverse=wrong)


def test_beside_whether_equal_ones_stay_in_order_arguments_have_names(torch):
    x = torch.tensor([[1, 2], [0, 3]])
    wanted = [[1, 3], [0, 2]]
    for found in (
        x.sort(0, True),
        x.sort(0, descending=True),
        torch.sort(x, dim=0, descending=True, stable=True),
    ):
        assert found.values.tolist() == wanted
    assert x.argsort(stable=True, dim=0).tolist() == x.argsort(0).tolist() == [[1, 0], [0, 1]]
