"""Elements where a mask holds: PyTorch's results, gradients and refusals."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst

from .agreement import check, operands, several
from .moving import both_ways

NUMBERS = st.sampled_from([0, 7, -1.5, True, float("inf"), float("nan"), 1e300, 2**70])


@st.composite
def masked(draw):
    """An operand, and a mask that mostly broadcasts with it."""
    x, like = draw(several(2))
    mask = draw(npst.arrays(np.bool_, like.values.shape))
    return x, mask


@given(given=masked())
def test_masked_select(given):
    x, mask = given
    check(lambda torch, x: torch.masked_select(x, torch.tensor(mask)), x, orders=2)
    check(lambda torch, x: x.masked_select(mask=torch.tensor(mask)), x)


@given(given=masked(), number=NUMBERS, value=operands(shape=()))
def test_masked_fill(given, number, value):
    x, mask = given
    check(lambda torch, x: x.masked_fill(torch.tensor(mask), number), x)
    check(lambda torch, x, value: torch.masked_fill(x, torch.tensor(mask), value), x, value)


@given(x=operands())
def test_nonzero(x):
    both_ways("nonzero", x)
    both_ways("nonzero", x, as_tuple=True)
    both_ways("argwhere", x)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda x: x.masked_select(x), "masked_select: expected BoolTensor for mask"),
        (lambda x: x.masked_fill(x, 1), "masked_fill_ only supports boolean masks, but got mask "
                                        "with dtype float"),
        (lambda x: x.masked_fill(x > 0, x), "masked_fill_ only supports a 0-dimensional value "
                                            "tensor, but got tensor with 1 dimension(s)."),
        (lambda x: (x > 0).masked_fill(x > 0, x.double().sum().requires_grad_()),
         "Autograd not support dtype: Bool"),
        (lambda x: x.masked_fill(x > 0, 1e300), "value cannot be converted to type float without "
                                                "overflow"),
        (lambda x: x.masked_select(x[:2] > 0), "The size of tensor a (2) must match the size of "
                                               "tensor b (3) at non-singleton dimension 0"),
    ],
)  # fmt: skip
def test_texts(torch, failure, wrong, text):
    assert text in failure(wrong, torch.zeros(3))


def test_a_number_and_a_tensor_that_fill_are_told_apart(torch):
    x, mask = torch.ones(2, requires_grad=True), torch.tensor([True, False])
    assert x.masked_fill(mask, 2.0).grad_fn.name() == "MaskedFillBackward0"
    assert x.masked_fill(mask, torch.tensor(2.0)).grad_fn.name() == "MaskedFillBackward1"
