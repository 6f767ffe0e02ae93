"""Elements by their place along a dimension: PyTorch's results, gradients and refusals."""

import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst

import minigrad

from .agreement import DTYPES, check
from .moving import DIM, plain
from .places import gathering, index_of

INSIDE = st.integers(0, 10)


@given(given=gathering())
def test_gather(given):
    x, dim, index = given
    check(lambda torch, x: torch.gather(x, dim, index_of(torch, index)), x, orders=2)
    check(lambda torch, x: x.gather(dim=dim, index=index_of(torch, index)), x)


@given(given=gathering(), dim=st.none() | DIM)
def test_take_along_dim(given, dim):
    x, fitting, index = given
    check(lambda torch, x: x.take_along_dim(index_of(torch, index), fitting), x)
    check(lambda torch, x: x.contiguous().take_along_dim(index_of(torch, index), dim), x)


def test_without_a_dimension_elements_are_taken_of_a_view(torch):
    x, index = torch.arange(6.0, requires_grad=True).reshape(2, 3), torch.tensor([[0, 5], [1, 1]])
    assert torch.take_along_dim(x, index).tolist() == [0.0, 5.0, 1.0, 1.0]
    assert torch.take_along_dim(x[:, 1], torch.tensor(1)).tolist() == [4.0]
    for of, places in ((x.t(), index), (x, index.t()), (x.t(), torch.tensor([]))):
        with pytest.raises(RuntimeError, match="view size is not compatible"):
            torch.take_along_dim(of, places)


@given(x=plain(), dim=DIM, places=st.lists(st.integers(-1, 4), max_size=4) | INSIDE)
def test_index_select(x, dim, places):
    check(lambda torch, x: x.index_select(dim, index_of(torch, places)), x, orders=2)


EMPTY = npst.arrays(st.sampled_from(DTYPES), st.sampled_from([(0,), (2, 0), (0, 3)]))


@given(x=plain(), dim=st.none() | DIM, index=EMPTY)
def test_an_index_without_elements_may_have_any_dtype(x, dim, index):
    check(lambda torch, x: torch.take_along_dim(x.contiguous(), torch.tensor(index), dim), x)
    check(lambda torch, x: torch.gather(x, dim or 0, torch.tensor(index)), x)
    check(lambda torch, x: torch.scatter(x, dim or 0, torch.tensor(index), 1), x)
    check(lambda torch, x: torch.scatter_add(x, dim or 0, torch.tensor(index), x.detach()), x)


def test_a_single_number_counts_as_one_in_a_row(torch):
    one, row = torch.tensor(2.0, requires_grad=True), torch.tensor([3.0], requires_grad=True)
    for index in (torch.tensor(0), torch.tensor([0])):
        assert row.gather(0, index).shape == one.gather(0, index).shape == index.shape
        assert one.scatter_add(0, index, row.detach()).item() == 5
        assert row.scatter(0, index, one.detach()).tolist() == [2]


def test_arguments_by_name(torch):
    x, index = torch.tensor([[1, 2], [3, 4]]), torch.tensor([[1], [0]])
    assert torch.gather(input=x, dim=1, index=index).tolist() == [[2], [3]]
    assert torch.take_along_dim(input=x, indices=index, dim=1).tolist() == [[2], [3]]
    assert torch.index_select(input=x, dim=0, index=torch.tensor([1])).tolist() == [[3, 4]]


def test_a_sparse_gradient_is_only_missed_where_there_is_one(failure):
    x, index = minigrad.ones(3, requires_grad=True), minigrad.tensor([1])
    assert x.detach().gather(0, index, sparse_grad=True).tolist() == [1.0]
    with minigrad.no_grad():
        assert x.gather(0, index, sparse_grad=True).tolist() == [1.0]
    assert failure(x.gather, 0, index, sparse_grad=True) == (
        "NotImplementedError: gather(): minigrad has no sparse tensors: sparse_grad=True"
    )


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda x, i: x.gather(0, i + 5), "RuntimeError: index 5 is out of bounds for dimension 0 "
                                          "with size 2"),
        (lambda x, i: x.gather(0, i[0]), "Index tensor must have the same number of dimensions as "
                                         "input tensor"),
        (lambda x, i: x.gather(0, i.float()), "gather(): Expected dtype int32/int64 for index"),
        (lambda x, i: x.gather(1, i.expand(3, 1)), "Size does not match at dimension 0 expected "
                                                   "index [3, 1] to be no larger than self "
                                                   "[2, 3] apart from dimension 1"),
        (lambda x, i: x.index_select(0, i), "IndexError: index_select(): Index is supposed to be "
                                            "a vector"),
        (lambda x, i: x.index_select(0, i[0] + 2), "IndexError: index out of range in self"),
    ],
)  # fmt: skip
def test_texts(torch, failure, wrong, text):
    assert text in failure(wrong, torch.zeros(2, 3), torch.tensor([[0]]))


@pytest.mark.parametrize("wrong", [1, None, "a"])
def test_whether_a_gradient_is_sparse_is_a_bool(torch, wrong):
    with pytest.raises(TypeError, match="argument 'sparse_grad' must be bool"):
        torch.gather(torch.ones(3), 0, torch.tensor([0]), sparse_grad=wrong)


@pytest.mark.parametrize("dim", ["a", 1.5, (0,), True])
def test_what_is_no_dimension_is_refused_whatever_the_shapes(torch, dim):
    with pytest.raises(TypeError, match="must be int"):
        torch.take_along_dim(torch.ones(3, 3), torch.tensor([0]), dim)


def test_what_is_selected_of_a_number_is_no_view(torch):
    for x in (torch.tensor(2.0), torch.tensor(2.0, requires_grad=True) * 1):
        found = torch.index_select(x, 0, torch.tensor([0]))
        assert found._base is None and found.shape == ()
    assert found.grad_fn.name() == "IndexSelectBackward0"


@pytest.mark.parametrize(
    "pick",
    [
        lambda torch, x: x.gather(0, torch.tensor([1, 1])),
        lambda torch, x: torch.take_along_dim(x, torch.tensor([1]), 0),
        lambda torch, x: x.masked_select(x > 2),
    ],
)
def test_what_was_gathered_from_must_not_change(torch, pick):
    """Though its gradient looks at no value."""
    x = torch.tensor([1.0, 3.0], requires_grad=True)
    changed = x * 1
    picked = pick(torch, changed)
    picked.add_(1)
    picked.sum().backward()
    assert x.grad.tolist() == [0.0, float(picked.numel())]
    changed = x * 1
    picked = pick(torch, changed)
    changed.add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        picked.sum().backward()
