"""How does a kernel compute with twice the digits of a float64?

With pairs of them: a number, and what rounding it has taken off (T. J. Dekker, "A floating-point
technique for extending the available precision", 1971).
"""

from __future__ import annotations

import math
from typing import Any

from .intrinsics import exactly_there, fused_multiply_add


@exactly_there  # type: ignore[untyped-decorator]
def pair_of_sum(larger: Any, smaller: Any) -> Any:
    """The sum of two numbers and its rest, exactly, or of 0 and any number."""
    total = larger + smaller
    return total, (larger - total) + smaller


@exactly_there  # type: ignore[untyped-decorator]
def pair_of_any_sum(a: Any, b: Any) -> Any:
    """The same of two numbers of which either may be the larger (Knuth, 1969)."""
    total = a + b
    of_b = total - a
    return total, (a - (total - of_b)) + (b - of_b)


@exactly_there  # type: ignore[untyped-decorator]
def pair_of_product(a: Any, b: Any) -> Any:
    """The product and its rest; of an infinite one that is 0."""
    product = a * b
    rest = fused_multiply_add(a, b, -product)
    return product, rest if abs(product) < math.inf else 0.0


@exactly_there  # type: ignore[untyped-decorator]
def pair_of_quotient(above: Any, above_rest: Any, below: Any, below_rest: Any) -> Any:
    """(above + above_rest) / (below + below_rest), by one division and what it leaves."""
    inverse = 1.0 / below
    ratio = above * inverse
    left = fused_multiply_add(-ratio, below, above) + (above_rest - ratio * below_rest)
    return ratio, left * inverse
