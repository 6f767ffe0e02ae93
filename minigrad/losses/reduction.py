"""What a loss does with the losses of its elements: nothing, their mean or their sum."""

from __future__ import annotations

import math
from typing import Any

from ..kernels.intrinsics import exactly, exactly_there
from ..kernels.kernel import Array
from ..kernels.lanes import LANES, load, scratch, store
from ..kernels.sharing import share

# How a kernel is told which, where the mean is not over all elements. The numbers are PyTorch's.
NONE, MEAN, SUM = 0.0, 1.0, 2.0
BLOCK = 1024  # so many losses are kept until they are added up
# Blocks of a share, of which threads take one at a time, and shares: by the shapes alone.
FEWEST_BLOCKS, MOST_SHARES = 8, 256
CODES = {"none": NONE, "mean": MEAN, "sum": SUM}


def scale_of(reduction: str, count: int) -> float | None:
    """What the sum of `count` losses is multiplied with; None if each is given by itself.

    >>> scale_of("mean", 4), scale_of("sum", 4), scale_of("none", 4), scale_of("mean", 0)
    (0.25, 1.0, None, nan)
    """
    if reduction == "none":
        return None
    if reduction != "mean":
        return 1.0
    return 1.0 / count if count else math.nan


def flops_to_reduce(count: int, width: int = 1) -> int:
    """The operations that `total_of_losses` takes, without the losses', and a scale."""
    block = losses_of_block.py_func(width)
    whole, rest = divmod(count, block)
    shares = -(-count // losses_of_share.py_func(count, block))
    return whole * _flops_of_block(block) + _flops_of_block(rest) + 5 * shares + 2


def _flops_of_block(count: int) -> int:
    side_by_side = count if count < LANES else -(-count // LANES) * LANES
    return 7 * side_by_side + 5 * min(LANES, count)


@exactly  # type: ignore[untyped-decorator]
def losses_of_block(width: int) -> int:
    """How many losses are kept, if each is of `width` elements."""
    return max(BLOCK // max(width, 1), 1)


@exactly  # type: ignore[untyped-decorator]
def losses_of_share(count: int, block: int) -> int:
    """How many of `count` losses make a share, if so many make a block."""
    return block * max(FEWEST_BLOCKS, -(-count // (MOST_SHARES * block)))


@exactly_there  # type: ignore[untyped-decorator]
def reduce(losses_of: Any, operands: Any, count: int, width: int, scale: float, out: Array) -> int:
    """Write so many losses to `out` if `scale` is 0, else their sum times it.

    For what the others are, and for the status that is returned, see `total_of_losses`.
    """
    status, total = total_of_losses(losses_of, operands, count, width, scale == 0, out)
    if scale != 0:
        out[0] = total * scale
    return status


@exactly_there  # type: ignore[untyped-decorator]
def total_of_losses(
    losses_of: Any, operands: Any, count: int, width: int, kept: bool, out: Array
) -> tuple[int, float]:
    """A status, and the sum of so many losses, each of `width` elements; or `out` keeps each.

    `losses_of(first, losses, *operands)` writes some, from `first` on, and returns a status that
    is not 0 if it cannot. Each share's sum has an order, and so has their sum, whichever thread
    has added up a share.
    """
    totals, each = scratch(1.0), losses_of_share(count, losses_of_block(width))
    shares = (count + each - 1) // each
    given = operands, count, width, kept, out, totals
    status = share(add_up, shares, count * width, given, losses_of)
    total = correction = 0.0
    for k in range(shares):
        total, correction = add_compensated(total, correction, totals[2 * k])
        correction += totals[2 * k + 1]
    return status, total + correction if math.isfinite(total) else total


@exactly  # type: ignore[untyped-decorator]
def add_up(
    begin: int, end: int, losses_of: Any, operands: Any, count: int, width: int, kept: bool,
    out: Array, totals: Array,
) -> int:  # fmt: skip
    """Write the sum, and what it has lost, of each share from begin to end."""
    losses, block = scratch(1.0), losses_of_block(width)
    each = losses_of_share(count, block)
    for k in range(begin, end):
        total = correction = 0.0
        for first in range(each * k, min(each * (k + 1), count), block):
            some = losses[: min(block, count - first)]
            status = losses_of(first, some, *operands)
            if status != 0:
                return status
            if kept:
                for i in range(some.size):
                    out[first + i] = some[i]
            else:
                total, correction = collect(some, total, correction)
        totals[2 * k], totals[2 * k + 1] = total, correction
    return 0


@exactly  # type: ignore[untyped-decorator]
def collect(losses: Array, total: Any, correction: Any) -> tuple[Any, Any]:
    """Add losses to a sum.

    Eight sums side by side, each with what rounding has lost of it (Knuth, The Art of Computer
    Programming, volume 2, section 4.2.2), are added up in turn; they are kept in the losses'
    place. A thousand take 0.25 µs on one core of an AMD EPYC, and one after the other 1.3.
    """
    sums = lost = load(losses, 0, 0)  # zeros
    for k in range(0, losses.size, LANES):
        loss = load(losses, k, losses.size - k)
        added = sums + loss
        of_loss = added - sums
        lost = lost + ((sums - (added - of_loss)) + (loss - of_loss))
        sums = added
    count = min(LANES, losses.size)
    store(losses, 0, count, sums)
    for k in range(count):
        total, correction = add_compensated(total, correction, losses[k])
    store(losses, 0, count, lost)
    for k in range(count):
        correction += losses[k]
    return total, correction


@exactly  # type: ignore[untyped-decorator]
def add_compensated(total: Any, correction: Any, addend: Any) -> Any:
    """A sum and what rounding has lost of it so far, with one more addend (Neumaier, 1974)."""
    sum = total + addend
    if abs(total) >= abs(addend):
        correction += (total - sum) + addend
    else:
        correction += (addend - sum) + total
    return sum, correction
