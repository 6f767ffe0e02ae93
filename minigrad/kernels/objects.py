"""Native looks at Python objects: is memory what it was, are arguments what they were?

`recording.watch` writes down what is to be compared. Everything here is compiled by Numba and
works on plain 64-bit integers, like `native`, on whose reading of objects it builds.
"""

from __future__ import annotations

from .inner import inner
from .native import (
    ARRAY_DTYPE_OFFSET,
    ARRAY_FLAGS_OFFSET,
    ARRAY_NDIM_OFFSET,
    ARRAY_SHAPE_OFFSET,
    PLAN_TABLE as BINDING_TABLE,
    TUPLE_ITEMS_OFFSET,
    TUPLE_SIZE_OFFSET,
    TYPE_OFFSET,
    USE,
    data,
    load,
    load_int32,
    relocate,
    store,
)

ARRAY_STRIDES_OFFSET = ARRAY_SHAPE_OFFSET + 8

# What begins the plan that `ready` reads: where words to compare lie, and how many; how a program
# is brought to a call's arrays, and the first place in its table for one that the call makes;
# types and constants; where a tensor's slots lie.
(
    PLAN_WORDS,
    PLAN_WORDS_COUNT,
    PLAN_BINDING,
    PLAN_FIRST_MADE,
    PLAN_COUNT,
    PLAN_TENSOR_TYPE,
    PLAN_COUNTER_TYPE,
    PLAN_NONE,
    PLAN_FALSE,
    PLAN_ARRAY_OFFSET,
    PLAN_BASE_OFFSET,
    PLAN_REQUIRES_GRAD_OFFSET,
    PLAN_COUNTER_OFFSET,
) = range(13)
PLAN_HEADER = 13


@inner  # type: ignore[untyped-decorator]
def ready(arguments: int, made: int, plan: int) -> int:
    """Bring a program to a call's tensors and to the arrays made for it, if it is valid for it.

    `arguments` and `made` are tuples. Returns 1, or 0 if something is not as it was.
    """
    binding = load(plan + 8 * PLAN_BINDING)
    table = load(binding + 8 * BINDING_TABLE)
    if not takes(arguments, plan, table):
        return 0
    if not unchanged(load(plan + 8 * PLAN_WORDS), load(plan + 8 * PLAN_WORDS_COUNT)):
        return 0
    table += 8 * load(plan + 8 * PLAN_FIRST_MADE)
    for position in range(load(made + TUPLE_SIZE_OFFSET)):
        store(table + 8 * position, data(load(made + TUPLE_ITEMS_OFFSET + 8 * position)))
    return 1 - relocate(binding)


@inner  # type: ignore[untyped-decorator]
def unchanged(words: int, count: int) -> bool:
    """Whether each address still holds what it held: `count` pairs (address, content).

    They are looked at in order, up to the first that does not: a pair may have an address that
    is only valid if those before it hold.
    """
    for k in range(count):
        if load(load(words + 16 * k)) != load(words + 16 * k + 8):
            return False
    return True


@inner  # type: ignore[untyped-decorator]
def takes(arguments: int, plan: int, table: int) -> bool:
    """Whether a tuple's elements are distinct tensors with arrays like those in the plan.

    Tensors that require no gradient and are no views of one that does. After its header the
    plan has for each: its dtype's address, whether it is aligned and may be written, the number of
    dimensions, their sizes, their strides.
    The arrays' addresses go into the table.
    """
    count = load(plan + 8 * PLAN_COUNT)
    if load(arguments + TUPLE_SIZE_OFFSET) != count:
        return False
    described = plan + 8 * PLAN_HEADER
    for position in range(count):
        tensor = load(arguments + TUPLE_ITEMS_OFFSET + 8 * position)
        if load(tensor + TYPE_OFFSET) != load(plan + 8 * PLAN_TENSOR_TYPE):
            return False
        for other in range(position):
            if load(arguments + TUPLE_ITEMS_OFFSET + 8 * other) == tensor:
                return False
        if not _is_constant(tensor, plan):
            return False
        array = load(tensor + load(plan + 8 * PLAN_ARRAY_OFFSET))
        if array == 0:  # somebody has deleted it
            return False
        store(table + 8 * position, data(array))
        ndim = load(described + 16)
        if (
            load(array + ARRAY_DTYPE_OFFSET) != load(described)
            or load_int32(array + ARRAY_FLAGS_OFFSET) & USE != load(described + 8)
            or load_int32(array + ARRAY_NDIM_OFFSET) != ndim
        ):
            return False
        described += 24
        shape, strides = load(array + ARRAY_SHAPE_OFFSET), load(array + ARRAY_STRIDES_OFFSET)
        for axis in range(ndim):
            if load(shape + 8 * axis) != load(described + 8 * axis):
                return False
            if load(strides + 8 * axis) != load(described + 8 * (ndim + axis)):
                return False
        described += 16 * ndim
    return True


@inner  # type: ignore[untyped-decorator]
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
