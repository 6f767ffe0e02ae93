"""What the references have in common: their form, and what the last step may round.

Each function in this package is named after an operation. It takes what `case.Operation.reference`
says and gives each result with what rounding may do to it on the way (`judging.judge.Quantity`).
Sums of n terms count √n roundings of their magnitudes: rounding errors of mixed signs grow no
faster (Higham & Mary, "A new approach to probabilistic rounding error analysis", 2019). Losses and
a batch's statistics are held to more: to `FEW` roundings, as if their sums were exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..judging.judge import Quantity

Attributes = Mapping[str, Any]
Quantities = dict[str, Quantity]

FEW = 4


def elementary(dtype: np.dtype[Any]) -> float:
    """What exp may be off in ulp when it is the last step: C libraries promise 1 for float64."""
    return 0.51 if dtype == np.float32 else 1.0
