"""Losses of pairs of tensors: what holds for all of them."""

import numpy as np

from ..closeness import assert_close
from ..operations.case import Case


def the_sum_is_of_the_losses(case: Case) -> None:
    """And a mean is the sum divided by the count: its scale is 1 / count."""
    each = case.out(scale=None).astype(np.float64)
    whole, scaled = case.out(scale=1.0), case.out(scale=0.25)
    terms = np.abs(each).sum()
    assert_close(whole, each.sum(), ulp=2, magnitude=terms, check_dtype=False)
    assert_close(scaled, whole.astype(np.float64) / 4, ulp=2, check_dtype=False)
