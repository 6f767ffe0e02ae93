"""What tells that PyTorch has lost something small, or has no number, as it is known to?

Each function is of one row in SUPPORTED.md: PyTorch has minigrad's numbers where it adds nothing
small to 1, and takes no square that leaves the range.
"""

from __future__ import annotations

import numpy as np

from .judge import Difference
from .reasons import about, again, is_given_by, where_they_differ
from .rounding import EPS, within_ulps_of
from .small_parts import sizes_of_slopes, with_small_parts

LOGITS = ("binary_cross_entropy_with_logits", "bcewithlogitsloss")
ADD_ONE = ("gelu", "log_softmax", "logsoftmax", "logsumexp", "cross_entropy")
ADD_ONE = (*ADD_ONE, "crossentropyloss", "tanh", "tanh_", *LOGITS)


def called(difference: Difference, *names: str) -> bool:
    """Whether numbers differ in a program that calls one of these, in whatever line."""
    text = difference.program.lower()
    return difference.beyond is not None and any(f"{name}(" in text for name in names)


def is_given_with_small_parts(difference: Difference) -> bool:
    """Whether PyTorch has minigrad's numbers where it loses nothing small."""
    lines = difference.program.splitlines()[: difference.line + 1]
    with with_small_parts():
        course = again(lines, difference)
    return is_given_by(course, difference, EPS.get(difference.mine.dtype.name, 0.0))


def close_to_zero(difference: Difference) -> bool:
    """A small number, from a sum with 1, or what was computed of it since."""
    return called(difference, *ADD_ONE) and is_given_with_small_parts(difference)


def slope_of_tanh(difference: Difference) -> bool:
    """A few roundings of 1, from which squares were taken, apart from what is left without them.

    Here it is rounded where it can be differentiated.
    """
    if not called(difference, "tanh", "tanh_") or "create_graph=True" not in difference.program:
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    with with_small_parts():
        wanted = again(lines, difference)[-1].get(difference.path)
    with sizes_of_slopes():
        sizes = again(lines, difference)[-1].get(difference.path)
    if wanted is None or sizes is None or wanted.shape != difference.mine.shape:
        return False
    return bool(within_ulps_of(difference.mine, wanted, sizes)[difference.beyond].all())


def gelu_without_a_bound(difference: Difference) -> bool:
    """A value, or what comes of it, where PyTorch has NaN or an infinity."""
    return not is_gradient(difference) and gelu_beyond(difference)


def slope_of_gelu_beyond(difference: Difference) -> bool:
    """A gradient where PyTorch has multiplied 0 by what has overflowed."""
    return is_gradient(difference) and gelu_beyond(difference)


def gelu_beyond(difference: Difference) -> bool:
    if not called(difference, "gelu"):
        return False
    mine, theirs = where_they_differ(difference)
    if np.isnan(mine).any() or np.isfinite(theirs).any():
        return False
    return is_given_with_small_parts(difference)


def is_gradient(difference: Difference) -> bool:
    return difference.kind == "gradient" or "autograd.grad(" in difference.source


def logits_of_infinity(difference: Difference) -> bool:
    """NaN, as the slope is where some of it has both signs; PyTorch has an infinity."""
    if not about(difference, *LOGITS) or "create_graph=True" in difference.source:
        return False
    mine, theirs = where_they_differ(difference)
    if not (np.isnan(mine).all() and np.isinf(theirs).all()):
        return False
    return is_given_with_small_parts(difference)
