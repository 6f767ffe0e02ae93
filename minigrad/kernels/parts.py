"""How is one launch of an elementwise kernel divided among threads?

A kernel that works on each element by itself gives the same bits whether it is called on whole
arrays or on one part of them after the other, and so it does if the parts run at the same time.
`call_in_parts` stands in such a kernel's place: it is called with the same slots, in front of
which stands the address of the kernel's entry. It divides the arrays, and has a team call the
kernel on each part, with slots of the part's own.

There is one team in a process, and one call at a time is divided. Who finds the team in use does
not wait but runs its kernel whole, on its own thread: so several Python threads at once do not
ask for more threads than there are processors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .inner import inner
from .native import (
    ENTRY_FUNCTION,
    ENTRY_HEADER,
    ENTRY_OPERAND,
    ENTRY_OPERANDS,
    ENTRY_SIZE_OFFSET,
    ENTRY_TEAM,
    FLAT,
    OPERAND_FLAGS,
    OPERAND_ITEMSIZE,
    SCALAR,
    WRITABLE,
    call_kernel,
    copy_bytes,
    load,
    store,
)
from .team import (
    IN_USE,
    MOST_PARTS,
    NUMBERS,
    PART,
    SLOTS,
    STATUS,
    THREADS,
    do_together,
    exchange,
    part_of,
)

if TYPE_CHECKING:
    from .kernel import Kernel

MOST_SLOTS, MOST_OPERANDS = (NUMBERS - SLOTS) // 8, (PART - NUMBERS) // 8
PARTS_EACH = 2  # a thread, so that who is held up does fewer
SHORTEST = 1 << 13  # elements of a part
GRAIN = 64  # parts are multiples of it, so that hardly a cache line is in two


def require_divisible(kernel: Kernel) -> None:
    """Raise for a kernel that says it is elementwise and has operands that cannot be divided."""
    ndims = [each.ndim for each in kernel.operands]
    if not {*ndims} <= {FLAT, SCALAR, 1} or {ndims[k] for k in kernel.writes} != {FLAT}:
        raise TypeError(
            f"kernel {kernel.name}: what an elementwise kernel writes must be Flat, and what it "
            "reads Flat, a vector or a scalar"
        )
    if kernel.packed_words > MOST_SLOTS or len(ndims) > MOST_OPERANDS:
        raise TypeError(
            f"kernel {kernel.name}: an elementwise kernel has at most {MOST_OPERANDS} operands in "
            f"{MOST_SLOTS} slots, got {len(ndims)} in {kernel.packed_words}"
        )


@inner  # type: ignore[untyped-decorator]
def call_in_parts(slots: int) -> int:
    """Call a kernel on parts of its arrays. Returns the status of the first part that has one."""
    entry = load(slots - 8)
    function, team = load(entry + 8 * ENTRY_FUNCTION), load(entry + 8 * ENTRY_TEAM)
    if load(team + THREADS) < 2 or exchange(team + IN_USE, 1):
        return call_kernel(function, slots)
    parts = divide(entry, slots, team)
    if parts < 2:
        exchange(team + IN_USE, 0)
        return call_kernel(function, slots)
    do_together(team, function, parts)
    status = join(entry, slots, team, parts)
    exchange(team + IN_USE, 0)
    return status


@inner  # type: ignore[untyped-decorator]
def divide(entry: int, slots: int, team: int) -> int:
    """Write the slots of all parts, and return how many there are; 1 if the call must stay whole.

    Flat arrays as long as the one that counts are divided, all others are the same in each part.
    But if the kernel writes a single number, as Adam counts its steps, each part has a copy: all
    make the same of it.
    """
    size = load(slots + load(entry + 8 * ENTRY_SIZE_OFFSET))
    wanted = min(PARTS_EACH * load(team + THREADS), MOST_PARTS)
    length = max((size + wanted - 1) // wanted, SHORTEST)
    length = (length + GRAIN - 1) // GRAIN * GRAIN
    if size <= length or not is_divisible(entry, slots, size):
        return 1
    parts = (size + length - 1) // length
    at = 0
    for position in range(load(entry + 8 * ENTRY_OPERANDS)):
        described = describing(entry, position)
        ndim, itemsize = load(described), load(described + 8 * OPERAND_ITEMSIZE)
        for part in range(parts):
            own, begin = part_of(team, part), part * length
            to = own + SLOTS + at
            store(to, load(slots + at))
            if ndim == SCALAR:
                continue
            count = load(slots + at + 8)
            store(to + 8, count)
            if ndim == FLAT and count == size:
                store(to, load(slots + at) + begin * itemsize)
                store(to + 8, min(length, size - begin))
            elif is_written(described) and count == 1:
                number = own + NUMBERS + 8 * position
                copy_bytes(number, load(slots + at), itemsize)
                store(to, number)
        at += slot_bytes(ndim)
    return parts


@inner  # type: ignore[untyped-decorator]
def join(entry: int, slots: int, team: int, parts: int) -> int:
    """Take over the numbers that the parts wrote, and the first status in order."""
    at = 0
    for position in range(load(entry + 8 * ENTRY_OPERANDS)):
        described = describing(entry, position)
        if is_written(described) and load(slots + at + 8) == 1:
            number = part_of(team, 0) + NUMBERS + 8 * position
            copy_bytes(load(slots + at), number, load(described + 8 * OPERAND_ITEMSIZE))
        at += slot_bytes(load(described))
    for part in range(parts):
        status = load(part_of(team, part) + STATUS)
        if status != 0:
            return status
    return 0


@inner  # type: ignore[untyped-decorator]
def is_divisible(entry: int, slots: int, size: int) -> bool:
    """Whether parts cannot meet: no array that is written overlaps another, unless they are one.

    And every array that is written must be as long as the one that counts, a number, or empty.
    """
    at = 0
    for position in range(load(entry + 8 * ENTRY_OPERANDS)):
        described = describing(entry, position)
        if load(described) != SCALAR:
            count = load(slots + at + 8)
            if is_written(described) and count != size and count > 1:
                return False
            other_at = 0
            for other in range(position):
                other_described = describing(entry, other)
                if load(other_described) != SCALAR and (
                    is_written(described) or is_written(other_described)
                ):
                    if meet(described, slots + at, other_described, slots + other_at, size):
                        return False
                other_at += slot_bytes(load(other_described))
        at += slot_bytes(load(described))
    return True


@inner  # type: ignore[untyped-decorator]
def meet(first: int, slots: int, second: int, second_slots: int, size: int) -> bool:
    """Whether parts of two arrays may share memory, by their descriptions and their slots."""
    begin, count, itemsize = load(slots), load(slots + 8), load(first + 8 * OPERAND_ITEMSIZE)
    other_begin, other_count = load(second_slots), load(second_slots + 8)
    other_itemsize = load(second + 8 * OPERAND_ITEMSIZE)
    if begin == other_begin and count == other_count == size and itemsize == other_itemsize:
        return False
    end, other_end = begin + count * itemsize, other_begin + other_count * other_itemsize
    return begin < other_end and other_begin < end


@inner  # type: ignore[untyped-decorator]
def describing(entry: int, position: int) -> int:
    """The address of an operand's description."""
    return entry + 8 * (ENTRY_HEADER + ENTRY_OPERAND * position)


@inner  # type: ignore[untyped-decorator]
def slot_bytes(ndim: int) -> int:
    """The bytes of an operand's slots: one word, or two for the address and length of an array."""
    return 8 if ndim == SCALAR else 16


@inner  # type: ignore[untyped-decorator]
def is_written(described: int) -> bool:
    return load(described + 8 * OPERAND_FLAGS) == WRITABLE
