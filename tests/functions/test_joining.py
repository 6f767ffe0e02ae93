"""Several tensors as one: PyTorch's results, dtypes, gradients and refusals."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from .agreement import check, operands
from .moving import DIM

NAMES = ["cat", "concat", "concatenate", "stack", "hstack", "vstack"]


@st.composite
def pieces(draw):
    """Up to four operands that differ in one size, or now and then do not fit."""
    shape = draw(st.lists(st.integers(0, 3), max_size=3))
    axis = draw(st.integers(0, max(len(shape) - 1, 0)))
    made = []
    for _ in range(draw(st.integers(1, 4))):
        own = list(shape)
        if own and draw(st.booleans()):
            own[axis] = draw(st.integers(0, 3))
        own = draw(st.sampled_from([*[own] * 9, [0], [2]]))
        made.append(draw(operands(tuple(own))))
    return made


@pytest.mark.parametrize("name", NAMES)
@given(given=pieces(), dim=DIM | st.none())
def test_function(name, given, dim):
    arguments = () if dim is None or name in ("hstack", "vstack") else (dim,)
    check(lambda torch, *tensors: getattr(torch, name)(tensors, *arguments), *given)
    check(lambda torch, *tensors: getattr(torch, name)(list(tensors), *arguments), *given)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_joined_is_numpys(name):
    import minigrad as torch

    rows = np.arange(12.0).reshape(2, 2, 3)
    joined = getattr(torch, name)(tensors=[torch.tensor(each) for each in rows])
    numpys = {"cat": "concatenate", "concat": "concatenate"}.get(name, name)
    np.testing.assert_array_equal(joined.array, getattr(np, numpys)(list(rows)))


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda torch, x: torch.cat([]), "ValueError: minigrad.cat(): expected a non-empty list"),
        (lambda torch, x: torch.cat(x), "TypeError: cat(): argument 'tensors' (position 1) must "
                                        "be tuple of Tensors, not Tensor"),
        (lambda torch, x: torch.cat([x, 1]), "TypeError: expected Tensor as element 1 in argument "
                                             "0, but got int"),
        (lambda torch, x: torch.cat([x, x[0]]), "Tensors must have same number of dimensions: got "
                                                "2 and 1"),
        (lambda torch, x: torch.cat([x, x[:, :2]]), "Sizes of tensors must match except in "
                                                    "dimension 0. Expected size 3 but got size 2 "
                                                    "for tensor number 1 in the list."),
        (lambda torch, x: torch.cat([x.sum()]), "zero-dimensional tensor (at position 0) cannot "
                                                "be concatenated"),
        (lambda torch, x: torch.stack([]), "stack expects a non-empty TensorList"),
        (lambda torch, x: torch.stack([x, x[0]]), "stack expects each tensor to be equal size, "
                                                  "but got [2, 3] at entry 0 and [3] at entry 1"),
    ],
)  # fmt: skip
def test_texts(torch, failure, wrong, text):
    assert text in failure(wrong, torch, torch.zeros(2, 3))


def test_the_dimension_is_an_integer_even_where_there_is_nothing_to_join(torch, failure):
    nothing = torch.zeros(0)
    assert torch.cat([nothing, nothing], 1).shape == (0,)
    for wrong in (None, (0,), 0.0):
        for alone in (nothing, torch.tensor(1.0)):
            assert failure(torch.cat, [alone], wrong).startswith("TypeError: cat(): argument 'dim")


def test_a_piece_that_went_nowhere_has_a_gradient_without_a_history(torch):
    nothing, x = torch.zeros(0, requires_grad=True), torch.ones(2, requires_grad=True)
    joined = torch.cat([nothing, x]) * x
    given = torch.autograd.grad(joined, [nothing, x], torch.ones(2), create_graph=True)
    assert [each.requires_grad for each in given] == [False, True]
    assert [each.tolist() for each in given] == [[], [2.0, 2.0]]


def test_what_is_stacked_is_next_to_the_stack_in_the_graph(torch):
    x, y = torch.ones(2, requires_grad=True) * 2, torch.ones(2)
    stacked = torch.stack([x, y], dim=1)
    assert stacked.grad_fn.name() == "StackBackward0"
    assert [node and node.name() for node, _ in stacked.grad_fn.next_functions] == [
        "MulBackward0",
        None,
    ]
