"""Vectors as directions: PyTorch's values, gradients and refusals."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst

from .agreement import FLOATING, check, operands, several

ROWS = npst.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=3)


@given(
    x=operands(ROWS, dtypes=[np.float64, np.int64], special=False),
    p=st.sampled_from([1, 2, 3.0]),
    dim=st.integers(-2, 1) | st.just((0, -1)),
    eps=st.sampled_from([1e-12, 1.5]),
)
def test_normalize(x, p, dim, eps):
    check(lambda torch, x: torch.nn.functional.normalize(x, p, dim, eps), x)


@given(x=operands(ROWS, dtypes=FLOATING))
def test_normalize_where_values_are_special(x):
    check(lambda torch, x: torch.nn.functional.normalize(x.detach(), dim=-1), x)


@given(
    given=several(2, dtypes=[np.float64, np.float64, np.int64], special=False),
    dim=st.integers(-2, 1),
    eps=st.sampled_from([1e-8, 1.5]),
)
def test_cosine_similarity(given, dim, eps):
    check(lambda torch, x, y: torch.nn.functional.cosine_similarity(x, y, dim, eps), *given)


def test_what_is_no_vector_is_normalized_to_nothing_but_its_cosine_is_0(torch):
    nothing = torch.zeros(1, 3)
    assert torch.nn.functional.normalize(nothing).tolist() == [[0.0, 0.0, 0.0]]
    assert torch.nn.functional.cosine_similarity(nothing, torch.ones(1, 3)).tolist() == [0.0]


def test_a_cosine_has_the_wider_dtype_whichever_has_dimensions(torch):
    rows, number = torch.ones(2, 3, requires_grad=True), torch.tensor(2.0, dtype=torch.float64)
    for vectors in ((rows, number), (number, rows)):
        cosines = torch.nn.functional.cosine_similarity(*vectors)
        assert cosines.dtype == torch.float64
    cosines.sum().backward()
    assert rows.grad.dtype == torch.float32


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda f, x: f.normalize(x.long()), "Expected a floating point or complex tensor as inp"),
        (lambda f, x: f.cosine_similarity(x, 3), "argument 'x2' (position 2) must be Tensor, not"),
        (lambda f, x: f.cosine_similarity(x, x, eps="1"), "argument 'eps'"),
        (lambda f, x: f.cosine_similarity(x.long(), x.long()), "expected common dtype to be floa"),
        (lambda f, x: f.cosine_similarity(x, x[:, :2]), "must match the size of tensor b (2) at "),
    ],
)  # fmt: skip
def test_what_has_no_direction_is_refused(torch, failure, wrong, text):
    assert text in failure(wrong, torch.nn.functional, torch.ones(2, 3))
