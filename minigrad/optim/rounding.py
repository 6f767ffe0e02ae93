"""The way from one number to another, rounded as PyTorch's `lerp` rounds it.

PyTorch rounds a * b + c once in `add` with `alpha`, `addcmul` and `lerp`, as `multiply_add` does
on a processor that has the instruction: so state and SGD's parameters are PyTorch's to the bit.
What divides by a root is not: PyTorch's square root is up to one unit off in the last place.
"""

from __future__ import annotations

from typing import Any

from ..kernels.intrinsics import exactly, multiply_add


@exactly  # type: ignore[untyped-decorator]
def lerp(start: Any, end: Any, weight: Any, rest: Any) -> Any:
    """The part `weight` of the way from start to end, from the nearer; rest = 1 - weight."""
    if weight < rest:
        return multiply_add(weight, end - start, start)
    return multiply_add(-rest, end - start, end)
