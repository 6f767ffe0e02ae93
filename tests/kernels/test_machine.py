"""What reads the memory of objects does what the plain way does, which takes over elsewhere."""

import ctypes
import os
import sys
import sysconfig

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.kernels import machine, native
from minigrad.kernels.kernel import Flat, kernel
from minigrad.testing.strategies import LAYOUTS, laid_out

FLOATS = 12  # of the memory in which arguments lie
ARGUMENTS = st.lists(
    st.integers(0, FLOATS - 1).flatmap(
        lambda first: st.tuples(st.just(first), st.integers(first + 1, FLOATS))
    ),
    min_size=1,
    max_size=4,
)


is_read = pytest.mark.skipif(
    sys.implementation.name != "cpython"
    or bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    or os.environ.get("MINIGRAD_PLAIN_PACKING") == "1",
    reason="this interpreter's objects are not read from memory",
)


@is_read
def test_objects_are_read_natively_where_they_look_as_expected():
    assert machine.reads_objects()
    assert machine.pack is machine._compiled("pack", 3)
    assert machine.pack_and_call is not machine._pack_and_call_plainly


def anywhere(data, words):
    """The words in memory, at an address that has no round binary number."""
    before = data.draw(st.integers(0, 15))
    return np.array([0] * before + words, np.int64)[before:]


def apart(one, other):
    return one[1] <= other[0] or other[1] <= one[0]


@given(
    recorded=ARGUMENTS,
    backward=st.sets(st.integers(0, 3)),
    moved=st.dictionaries(st.integers(0, 3), st.integers(-2, 2), max_size=2),
    kept=st.lists(st.integers(0, FLOATS - 1), max_size=2),
    relocations=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 64)), max_size=5),
    data=st.data(),
)
def test_addresses_are_bound_if_arguments_share_memory_as_when_they_were_recorded(
    recorded, backward, moved, kept, relocations, data
):
    memory = np.zeros(3 * FLOATS)
    count = len(recorded)
    now = [
        (FLOATS + first + moved.get(number, 0), FLOATS + last + moved.get(number, 0))
        for number, (first, last) in enumerate(recorded)
    ]
    ranges = [(FLOATS + first, FLOATS + first + 1) for first in kept]
    relocations = [(number % count, offset) for number, offset in relocations]
    slots = anywhere(data, [0] * len(relocations))
    table, at = anywhere(data, [0] * count), memory.ctypes.data
    plan = [count, len(ranges), len(relocations), table.ctypes.data]
    for number, (first, last) in enumerate(recorded):
        behind = 8 * (last - first)
        plan += [8 - behind, 8] if number in backward else [0, behind]

    def distance(places, i, j):
        """From the first element of one to that of the other, if they share memory."""
        starts = [places[each][1] - 1 if each in backward else places[each][0] for each in (i, j)]
        return native.APART if apart(places[i], places[j]) else 8 * (starts[1] - starts[0])

    plan += [distance(recorded, i, j) for i in range(count) for j in range(count)]
    plan += [at + 8 * word for each in ranges for word in each]
    for position, (number, offset) in enumerate(relocations):
        plan += [slots.ctypes.data + 8 * position, number, offset]
    words = anywhere(data, plan)

    pairs = [(i, j) for i in range(count) for j in range(i)]
    as_recorded = all(distance(recorded, *each) == distance(now, *each) for each in pairs)
    fits = as_recorded and all(apart(each, one) for each in now for one in ranges)
    arrays = [memory[first:last] for first, last in now]
    arrays = tuple(each[::-1] if i in backward else each for i, each in enumerate(arrays))
    for bind in (machine.bind, machine._bind_plainly):
        slots[:] = -1
        assert bind(id(arrays), words.ctypes.data) == (not fits)
        expected = [arrays[number].ctypes.data + offset for number, offset in relocations]
        assert list(slots) == (expected if fits else [-1] * len(slots))


KINDS = st.tuples(
    st.sampled_from([native.SCALAR, native.FLAT, 0, 1, 2, 3]),
    st.sampled_from([np.dtype(np.float32), np.dtype(np.float64)]),
    st.sampled_from([native.READABLE, native.WRITABLE]),
)
WRONG_FLOATS = st.sampled_from([1, True, np.float64(1.0), np.ones(()), None])
WRONG_ARRAYS = st.sampled_from([1.0, [1.0], None, np.ma.ones(3)])


@st.composite
def operands(draw, kind):
    """What a kernel takes, or something near it; and its words, or None if it does not fit."""
    ndim, dtype, flags = kind
    if draw(st.integers(0, 9)) == 0:
        return draw(WRONG_FLOATS if ndim == native.SCALAR else WRONG_ARRAYS), None
    if ndim == native.SCALAR:
        number = draw(st.floats())
        return number, [int(np.float64(number).view(np.int64))]
    dims = draw(st.integers(0, 3)) if ndim == native.FLAT or draw(st.booleans()) else ndim
    shape = draw(st.tuples(*[st.integers(0, 4)] * dims))
    layout = draw(st.just("contiguous") | st.sampled_from(LAYOUTS))
    of = draw(st.just(dtype) | st.sampled_from([np.dtype(np.float32), np.dtype(np.int64)]))
    array = laid_out(np.ones(shape, of), layout)
    fits = array.dtype == dtype and ndim in (native.FLAT, dims)
    fits = fits and array.flags.c_contiguous and array.flags.aligned
    fits = fits and (array.flags.writeable or flags == native.READABLE)
    sizes = [array.size] if ndim == native.FLAT else shape
    return array, [array.ctypes.data, *sizes] if fits else None


@given(
    data=st.data(), kinds=st.lists(KINDS, max_size=4), surplus=st.sampled_from([0, 0, 0, -1, 1])
)
def test_operands_become_their_addresses_and_sizes_or_the_first_that_is_wrong_is_told(
    data, kinds, surplus
):
    header = [0, 0, len(kinds), id(np.ndarray), id(float), 0, 0, native.NEVER, 0]
    for ndim, dtype, flags in kinds:
        header += [ndim, id(dtype), flags, dtype.itemsize]
    entry = anywhere(data, header)
    drawn = [data.draw(operands(kind)) for kind in kinds]
    wrong = [position for position, (_, words) in enumerate(drawn) if words is None]
    expected = [word for _, words in drawn for word in words or []]
    given = tuple(each for each, _ in drawn)
    count = len(kinds) + surplus
    given = given[:count] if surplus < 0 else given + (1.0,) * surplus
    for pack in (machine.pack, machine.pack_plainly):
        slots = np.full(20, -1, np.int64)
        status = pack(entry.ctypes.data, id(given), slots[3:].ctypes.data)
        if len(given) != len(kinds):
            assert status == len(kinds) + 1
        elif wrong:
            assert status == wrong[0] + 1
        else:
            assert status == 0
            assert slots[3 : 3 + len(expected)].tolist() == expected
            assert (slots[:3] == -1).all() and (slots[3 + len(expected) :] == -1).all()


@kernel(writes=("out",), errors={7: ValueError("a number is negative")})
def halved(x: Flat, out: Flat) -> int:
    for i in range(x.size):
        if x[i] < 0:
            return 7
        out[i] = x[i] / 2
    return 0


def entry_of_halved(large):
    """What describes it, where calls of so many elements are large ones."""
    words = native.ENTRY_HEADER + 2 * native.ENTRY_OPERAND
    address = halved.entry(np.dtype(np.float64))
    entry = np.array((ctypes.c_int64 * words).from_address(address))
    entry[native.ENTRY_LARGE] = large
    return entry


def called(*numbers):
    return np.array(numbers), np.full(len(numbers), np.nan)


@pytest.mark.parametrize("start", [machine.pack_and_call, machine._pack_and_call_plainly])
def test_a_call_is_started_unless_it_is_wrong_or_large(start):
    entry = entry_of_halved(large=3)
    for numbers in ((), (4.0,), (6.0, 2.0)):
        operands = called(*numbers)
        assert start(entry.ctypes.data, id(operands)) == 0
        assert (operands[1] == operands[0] / 2).all()
    assert start(entry.ctypes.data, id(called(1.0, -1.0))) == 7
    for numbers in ((1.0, 1.0, 1.0), (1.0, 1.0, 1.0, 1.0)):
        operands = called(*numbers)
        assert start(entry.ctypes.data, id(operands)) == native.LARGE
        assert np.isnan(operands[1]).all()
    assert start(entry.ctypes.data, id((1.0, np.ones(1)))) == -1
    assert start(entry.ctypes.data, id((np.ones(1), 1.0))) == -2
    assert start(entry.ctypes.data, id((np.ones(1),))) == -3


@pytest.mark.parametrize(
    "start", [machine.pack_and_call_each, machine._pack_and_call_each_plainly]
)
@pytest.mark.parametrize("failing", [None, 0, 1, 2])
def test_of_several_calls_those_before_the_first_that_fails_are_started(start, failing):
    calls = tuple(called(-4.0 if number == failing else 4.0) for number in range(3))
    status = start(entry_of_halved(large=3).ctypes.data, id(calls), len(calls))
    assert status == (0 if failing is None else failing + 1)
    started = [out[0] == 2.0 for _, out in calls]
    assert started == [failing is None or number < failing for number in range(3)]


@pytest.mark.parametrize("data", [machine.data, machine._data_plainly])
def test_an_array_lies_where_its_first_element_is(data):
    memory = np.arange(4.0)
    assert data(id(memory)) == memory.ctypes.data
    assert data(id(memory[::-1])) == memory[3:].ctypes.data
