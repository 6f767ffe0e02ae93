"""Softplus: any numbers, betas of both signs, any threshold; two sides differ by the number."""

import math

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case
from ..operations.sample import Draw, Sample


def sample(draw: Draw) -> Sample:
    beta = draw.number(0.25, 3.0, 1.0) * draw.choice((1.0, -1.0))
    threshold = draw.number(-2.0, 30.0, 20.0, 2.0, -0.5)
    limits = np.finfo(draw.dtype.numpy)
    special = (0.0, -0.0, 20.0, -104.0, math.inf, -math.inf, math.nan, limits.max, limits.tiny)
    # Rounding decides on which side of the threshold beta · x is.
    kinks = [threshold / beta]
    x = draw.tensor(draw.shape(), -40.0, 40.0, *special, kinks=kinks, settled=False)
    # The definition adds 1 before it takes the logarithm; in float64, beta · x is rounded.
    with np.errstate(over="ignore"):
        rounded = np.nan_to_num(np.abs(x.array.astype(np.float64) * beta), posinf=0.0)
    return Sample(
        [x, beta, threshold],
        lost=lambda grad: {"out": 1 / abs(beta), "x": grad * rounded},
        step=0.05,
        relations=[the_two_sides_differ_by_the_number, beta_is_a_scale_of_the_numbers],
    )


def the_two_sides_differ_by_the_number(case: Case) -> None:
    """log(1 + exp(x)) - log(1 + exp(-x)) = x, where the threshold does not come in between."""
    x = case.array("x")
    right, left = case.out(threshold=math.inf), case.out(x=-x, threshold=math.inf)
    assert_close(right - left, x, magnitude=np.maximum(np.abs(right), np.abs(left)))


def beta_is_a_scale_of_the_numbers(case: Case) -> None:
    """Twice beta bends at half the numbers, to the bit, unless the result is subnormal."""
    beta, _ = case.attributes
    twice, smallest = (
        case.out(x=2 * case.array("x")),
        np.finfo(case.dtype.numpy).smallest_subnormal,
    )
    assert_close(2 * case.out(beta=2 * beta), twice, ulp=0, atol=float(smallest))
