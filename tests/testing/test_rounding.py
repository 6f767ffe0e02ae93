"""How far a gradient of float32 may be from that of float64: sixteen roundings, and no more."""

import numpy as np
import pytest

import minigrad as torch
from minigrad.testing import GradientError, gradcheck

EPS = float(np.finfo(np.float32).eps)


def line(slope, shift, roundings):
    """slope · x + shift, with a gradient that in float32 is off by some roundings of 1."""

    def function(x):
        off = roundings * EPS if x.dtype is torch.float32 else 0.0
        wrong = x * (slope + off)
        return wrong + (x * slope + shift - wrong).detach()

    return function


@pytest.mark.parametrize(
    ("slope", "shift", "most"),
    [
        (3.0, 0.0, 16 * (3 + 3 + 3)),  # of what comes in, of the largest gradient, of this one
        (0.25, 0.0, 16 * (0.25 + 0.25 + 0.25)),
        (0.25, 1.0, 16 * (0.25 + 1 + 0.25)),  # where something as large as 1 may be left out
        (1000.0, 0.0, 16 * (1000 + 1000 + 1000)),
    ],
)
@pytest.mark.parametrize("sign", [-1, 1])
def test_so_many_roundings_are_allowed(slope, shift, most, sign):
    x = torch.tensor([0.0], requires_grad=True)
    assert gradcheck(line(slope, shift, 0.95 * most * sign), x)
    with pytest.raises(GradientError, match="in float32"):
        gradcheck(line(slope, shift, 1.05 * most * sign), x)


def test_what_is_only_wrong_in_float32_is_told_beside_what_float64_gives():
    x = torch.tensor([1.0, 1.0], requires_grad=True)
    result = gradcheck(line(3.0, 0.0, 300.0), x, raise_exception=False)
    lines = repr(result).splitlines()
    assert lines[0].endswith("gradient of output 0 at (0,) by input 0 at (0,)")
    assert lines[1:3] == [
        f"  in float32  {float(np.float32(3 + 300 * EPS))!r}",
        f"  in float64  3.0 ± {6 * EPS:.1e}, {16 * 9 * EPS:.1e} allowed",
    ]


def test_gradients_of_float64_are_not_compared_with_themselves():
    told = "in float32: no farther from float64 than rounding explains"
    x = torch.tensor([0.5], requires_grad=True)
    assert told in repr(gradcheck(torch.exp, x))
    assert told not in repr(gradcheck(torch.exp, x.double().detach().requires_grad_()))
