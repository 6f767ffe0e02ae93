"""Native looks at Python objects: is memory what it was, are arguments what they were?

`recording.watch` writes down what is to be compared. Everything here is compiled by Numba and
works on plain 64-bit integers, like `native`, on whose reading of objects it builds.
"""

from __future__ import annotations

from numba import njit

from .native import (
    ARRAY_DTYPE_OFFSET,
    ARRAY_NDIM_OFFSET,
    ARRAY_SHAPE_OFFSET,
    TUPLE_ITEMS_OFFSET,
    TUPLE_SIZE_OFFSET,
    TYPE_OFFSET,
    load,
    load_int32,
)

ARRAY_STRIDES_OFFSET = ARRAY_SHAPE_OFFSET + 8

# What begins the plan that `takes` reads: types and constants, and where a tensor's slots lie.
(
    PLAN_COUNT,
    PLAN_TENSOR_TYPE,
    PLAN_COUNTER_TYPE,
    PLAN_NONE,
    PLAN_FALSE,
    PLAN_ARRAY_OFFSET,
    PLAN_BASE_OFFSET,
    PLAN_REQUIRES_GRAD_OFFSET,
    PLAN_COUNTER_OFFSET,
) = range(9)
PLAN_HEADER = 9


@njit  # type: ignore[untyped-decorator]
def unchanged(words: int, count: int) -> int:
    """Whether each address still holds what it held: `count` pairs (address, content).

    They are looked at in order, up to the first that does not: a pair may have an address that
    is only valid if those before it hold.
    """
    for k in range(count):
        if load(load(words + 16 * k)) != load(words + 16 * k + 8):
            return 0
    return 1


@njit  # type: ignore[untyped-decorator]
def takes(arguments: int, plan: int) -> int:
    """Whether a tuple's elements are distinct tensors with arrays like those in the plan.

    Tensors that require no gradient and are no views of one that does. After its header the
    plan has for each: its dtype's address, the number of dimensions, their sizes, their strides.
    """
    count = load(plan + 8 * PLAN_COUNT)
    if load(arguments + TUPLE_SIZE_OFFSET) != count:
        return 0
    described = plan + 8 * PLAN_HEADER
    for position in range(count):
        tensor = load(arguments + TUPLE_ITEMS_OFFSET + 8 * position)
        if load(tensor + TYPE_OFFSET) != load(plan + 8 * PLAN_TENSOR_TYPE):
            return 0
        for other in range(position):
            if load(arguments + TUPLE_ITEMS_OFFSET + 8 * other) == tensor:
                return 0
        if not _is_constant(tensor, plan):
            return 0
        array = load(tensor + load(plan + 8 * PLAN_ARRAY_OFFSET))
        ndim = load(described + 8)
        if (
            load(array + ARRAY_DTYPE_OFFSET) != load(described)
            or load_int32(array + ARRAY_NDIM_OFFSET) != ndim
        ):
            return 0
        described += 16
        shape, strides = load(array + ARRAY_SHAPE_OFFSET), load(array + ARRAY_STRIDES_OFFSET)
        for axis in range(ndim):
            if load(shape + 8 * axis) != load(described + 8 * axis):
                return 0
            if load(strides + 8 * axis) != load(described + 8 * (ndim + axis)):
                return 0
        described += 16 * ndim
    return 1


@njit  # type: ignore[untyped-decorator]
def _is_constant(tensor: int, plan: int) -> bool:
    """Whether a tensor has no gradient, its base has none, and its changes are counted."""
    slot, no = load(plan + 8 * PLAN_REQUIRES_GRAD_OFFSET), load(plan + 8 * PLAN_FALSE)
    counter = load(tensor + load(plan + 8 * PLAN_COUNTER_OFFSET))
    if load(tensor + slot) != no or load(counter + TYPE_OFFSET) != load(
        plan + 8 * PLAN_COUNTER_TYPE
    ):
        return False
    base = load(tensor + load(plan + 8 * PLAN_BASE_OFFSET))
    return base == load(plan + 8 * PLAN_NONE) or load(load(base + TUPLE_ITEMS_OFFSET) + slot) == no
