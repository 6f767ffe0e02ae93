"""How often numbers come: PyTorch's counts and refusals."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as npst

from .agreement import DTYPES, Operand, check, operands

LINES = npst.array_shapes(max_dims=1, min_side=0, max_side=5)
COUNTED = LINES.flatmap(lambda shape: npst.arrays(np.int64, shape, elements=st.integers(0, 9)))


@given(counted=COUNTED, length=st.integers(0, 12), dtype=st.sampled_from(DTYPES))
def test_numbers_are_counted(counted, length, dtype):
    x = Operand(counted, "contiguous", False)
    weights = Operand(np.arange(counted.size).astype(dtype) / dtype(2), "contiguous", False)
    check(lambda torch, x: torch.bincount(x, minlength=length), x)
    check(lambda torch, x, weights: x.bincount(weights, length), x, weights)


@given(x=operands())
def test_other_tensors_are_counted_or_refused_as_in_pytorch(x):
    check(lambda torch, x: torch.bincount(x), x)


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (lambda t, x: t.bincount(-x), "bincount only supports 1-d non-negative integral inputs"),
        (lambda t, x: t.bincount(x.float()), "\"bincount_cpu\" not implemented for 'Float'"),
        (lambda t, x: t.bincount(x, x[:1]), "weights should be 1-d and have the same length as i"),
        (lambda t, x: t.bincount(x, minlength=-1), "minlength should be >= 0"),
        (lambda t, x: t.bincount(x, minlength=1.5), "argument 'minlength'"),
        (lambda t, x: t.bincount(x, 3), "argument 'weights' (position 2) must be Tensor, not int"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused(torch, failure, wrong, text):
    assert text in failure(wrong, torch, torch.tensor([1, 2]))
