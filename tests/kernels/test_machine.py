"""What reads the memory of objects does what the plain way does, which takes over elsewhere."""

import numpy as np
from hypothesis import given, strategies as st

from minigrad.kernels import machine, native

FLOATS = 12  # of the memory in which arguments lie
ARGUMENTS = st.lists(
    st.integers(0, FLOATS - 1).flatmap(
        lambda first: st.tuples(st.just(first), st.integers(first + 1, FLOATS))
    ),
    min_size=1,
    max_size=4,
)


def apart(one, other):
    return one[1] <= other[0] or other[1] <= one[0]


@given(
    recorded=ARGUMENTS,
    moved=st.dictionaries(st.integers(0, 3), st.integers(-2, 2), max_size=2),
    kept=st.lists(st.integers(0, FLOATS - 1), max_size=2),
    relocations=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 64)), max_size=5),
)
def test_addresses_are_bound_if_arguments_share_memory_as_when_they_were_recorded(
    recorded, moved, kept, relocations
):
    memory = np.zeros(3 * FLOATS)
    count = len(recorded)
    now = [
        (FLOATS + first + moved.get(number, 0), FLOATS + last + moved.get(number, 0))
        for number, (first, last) in enumerate(recorded)
    ]
    ranges = [(FLOATS + first, FLOATS + first + 1) for first in kept]
    relocations = [(number % count, offset) for number, offset in relocations]
    slots = np.zeros(len(relocations), np.int64)
    table, at = np.zeros(count, np.int64), memory.ctypes.data
    plan = [count, len(ranges), len(relocations), table.ctypes.data]
    plan += [word for first, last in recorded for word in (0, 8 * (last - first))]
    for i in range(count):
        for j in range(count):
            one, other = recorded[i], recorded[j]
            plan.append(native.APART if apart(one, other) else 8 * (other[0] - one[0]))
    plan += [at + 8 * word for each in ranges for word in each]
    for position, (number, offset) in enumerate(relocations):
        plan += [slots.ctypes.data + 8 * position, number, offset]
    words = np.array(plan, np.int64)

    def distance(places, i, j):
        return None if apart(places[i], places[j]) else places[i][0] - places[j][0]

    pairs = [(i, j) for i in range(count) for j in range(i)]
    as_recorded = all(distance(recorded, *each) == distance(now, *each) for each in pairs)
    fits = as_recorded and all(apart(each, one) for each in now for one in ranges)
    arrays = tuple(memory[first:last] for first, last in now)
    for bind in (machine.bind, machine._bind_plainly):
        slots[:] = -1
        assert bind(id(arrays), words.ctypes.data) == (not fits)
        expected = [at + 8 * now[number][0] + offset for number, offset in relocations]
        assert list(slots) == (expected if fits else [-1] * len(slots))
