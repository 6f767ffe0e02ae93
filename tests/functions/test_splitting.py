"""Parts along one dimension: PyTorch's views, gradients and refusals."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, strategies as st

from .agreement import check
from .moving import DIM, WHOLE, both_ways, plain, shared

PARTS = st.lists(st.integers(-1, 3), max_size=4)
CALLS = [
    ("narrow", (DIM, WHOLE, WHOLE)),
    ("select", (DIM, WHOLE)),
    ("unbind", ()),
    ("unbind", (DIM,)),
    ("split", (WHOLE,)),
    ("split", (WHOLE, DIM)),
    ("split", (PARTS, DIM)),
    ("chunk", (WHOLE,)),
    ("chunk", (WHOLE, DIM)),
    ("tensor_split", (WHOLE, DIM)),
    ("tensor_split", (st.lists(WHOLE, max_size=3).map(tuple), DIM)),
]


@pytest.mark.parametrize(("name", "arguments"), CALLS)
@given(x=plain(), data=st.data())
def test_function_and_method(name, arguments, x, data):
    drawn = [data.draw(each) for each in arguments]
    both_ways(name, x, *drawn)
    shared(lambda torch, x: getattr(x, name)(*drawn), x)


@given(x=plain(min_dims=1), data=st.data())
def test_parts_that_fit(x, data):
    dim = data.draw(st.integers(0, x.values.ndim - 1))
    cuts = sorted(data.draw(st.lists(st.integers(0, x.values.shape[dim]), max_size=3)))
    edges = [0, *cuts, x.values.shape[dim]]
    sizes = [end - start for start, end in pairwise(edges)]
    both_ways("split", x, sizes, dim)


def test_arguments_by_name(torch):
    x = torch.arange(5)
    parts = [[0, 1], [2, 3], [4]]
    for split in (
        torch.split(tensor=x, split_size_or_sections=2, dim=0), x.split(split_size=2),
        torch.chunk(input=x, chunks=3), x.tensor_split((2, 4)),
    ):  # fmt: skip
        assert type(split) is tuple and [each.tolist() for each in split] == parts
    assert torch.narrow(x, dim=0, start=torch.tensor(-2), length=2).tolist() == [3, 4]


BETWEEN = st.lists(WHOLE, max_size=3)


@given(x=plain(), count=WHOLE | st.booleans() | st.just(1.5), indices=BETWEEN, dim=DIM)
def test_every_spelling_of_sections_and_indices(x, count, indices, dim):
    both_ways("tensor_split", x, sections=count, dim=dim)
    both_ways("tensor_split", x, indices=indices, dim=dim)
    for values in (count, indices, [indices]):
        check(lambda torch, x: x.tensor_split(torch.tensor(values), dim), x)  # noqa: B023
        check(
            lambda torch, x: torch.tensor_split(
                x, tensor_indices_or_sections=torch.tensor(values, dtype=torch.int64)  # noqa: B023
            ),
            x,
        )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        lambda torch, x: x.tensor_split(),
        lambda torch, x: x.tensor_split(2.5),
        lambda torch, x: x.tensor_split("2"),
        lambda torch, x: x.tensor_split((1, 2.5)),
        lambda torch, x: x.tensor_split((True, 2)),
        lambda torch, x: x.tensor_split(2, dim=None),
        lambda torch, x: x.tensor_split(2, 0, dim=0),
        lambda torch, x: x.tensor_split(2, 0, 0),
        lambda torch, x: x.tensor_split(2, sections=2),
        lambda torch, x: x.tensor_split(sections=2, indices=(1,)),
        lambda torch, x: x.tensor_split(sections=(1, 2)),
        lambda torch, x: x.tensor_split(indices=2),
        lambda torch, x: x.tensor_split(indices=torch.tensor([1])),
        lambda torch, x: x.tensor_split(tensor_indices_or_sections=2),
        lambda torch, x: x.tensor_split(indices_or_sections=2),
        lambda torch, x: torch.tensor_split(2, x),
    ],
)
def test_nothing_or_something_else_to_split_by(torch, wrong):
    with pytest.raises(TypeError, match="tensor_split"):
        wrong(torch, torch.arange(5))


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda x: x.narrow(0, 2, 2), "start (2) + length (2) exceeds dimension size (3)."),
        (lambda x: x.narrow(0, 0, -1), "narrow(): length must be non-negative."),
        (lambda x: x.narrow(0, 9, 1), "start out of range (expected to be in range of [-3, 3], "
                                      "but got 9)"),
        (lambda x: x.select(0, 3), "select(): index 3 out of range for tensor of size [3] at "
                                   "dimension 0"),
        (lambda x: x.split([1, 1]), "split_with_sizes expects split_sizes to sum exactly to 3 "
                                    "(input tensor's size at dimension 0), but got "
                                    "split_sizes=[1, 1]"),
        (lambda x: x.split(0), "split_size can only be 0 if dimension size is 0, but got "
                               "dimension size of 3"),
        (lambda x: x.chunk(0), "chunk expects `chunks` to be greater than 0, got: 0"),
        (lambda x: x[0].unbind(), "Dimension specified as 0 but tensor has no dimensions"),
        (lambda x: x.tensor_split(0), "number of sections must be larger than 0, got 0"),
        (lambda x: x.split(np.int64(1)), "must be tuple of ints, not "),
        (lambda x: x[0].split(1), "split expects at least a 1-dimensional tensor"),
    ],
)  # fmt: skip
def test_texts(torch, failure, wrong, text):
    assert text in failure(wrong, torch.zeros(3))


def test_what_is_no_tensor_has_no_parts(torch, failure):
    assert failure(torch.split, [1], 1) == "AttributeError: 'list' object has no attribute 'split'"
