"""Which numbers there are of each kind, all of them where they are few."""

import numpy as np
import pytest

import minigrad
from minigrad.testing.strategies import VALUES, dtypes, near, numbers

from .drawn import drawn


def same(found, expected):
    return sorted(map(repr, found)) == sorted({*map(repr, expected)})


def with_signs(values):
    return [*values, *[-each for each in values]]


def beside(number, kind):
    """A number and two on either side of it."""
    above, below = (np.nextafter(kind(number), kind(end)) for end in (np.inf, -np.inf))
    farther = np.nextafter(above, kind(np.inf)), np.nextafter(below, kind(-np.inf))
    return [float(each) for each in (kind(number), above, below, *farther)]


@pytest.mark.parametrize("dtype", [minigrad.float32, minigrad.float64])
def test_kinds_of_floats(dtype):
    kind, limits = dtype.numpy.type, np.finfo(dtype.numpy)
    quarters = [k / 4 for k in range(5, 17)]
    extreme = [limits.max, np.sqrt(limits.max), kind(float(np.log(limits.max)) + 1)]
    extreme += [limits.tiny, np.sqrt(limits.tiny), limits.eps]
    kinks = [each for kink in (0.0, 1.0, -1.0, 0.5) for each in beside(kink, kind)]
    expected = {
        "ties": [0.0, 1.0, -1.0, 2.0],
        "few bits": [0.0, *with_signs([*map(float, range(1, 5)), *quarters])],
        "near kinks": kinks,
        "signed zeros": [0.0, -0.0],
        "infinities": with_signs([np.inf]),
        "NaN": [np.nan],
        "extreme": with_signs([float(each) for each in extreme]),
    }
    for name, values in expected.items():
        assert same(drawn(VALUES[name](dtype)), values), name
    normal = np.array(drawn(VALUES["normal"](dtype)))
    assert -10 <= normal.min() < -9 and 9 < normal.max() <= 10
    assert not ((normal != 0) & (np.abs(normal) < limits.tiny)).any()
    assert (normal.astype(kind) == normal).all()
    subnormal = np.array(drawn(VALUES["subnormal"](dtype)))
    smallest = float(limits.smallest_subnormal)
    assert {*(subnormal / smallest)} >= {*with_signs([1, 2, 3, 4])}
    assert 0.1 * limits.tiny < np.abs(subnormal).max() < limits.tiny


def test_kinds_of_integers_and_truths():
    limits = np.iinfo(np.int64)
    expected = {
        minigrad.int64: {
            "normal": range(-10, 11),
            "few bits": range(-10, 11),
            "ties": [0, 1, -1, 2],
            "extreme": [limits.max, limits.min, limits.max - 1, limits.min + 1],
        },
        minigrad.bool: {name: [False, True] for name in ("normal", "few bits", "ties")},
    }
    for dtype, kinds in expected.items():
        for name, kind in VALUES.items():
            strategy = kind(dtype)
            assert (strategy is not None) == (name in kinds)
            if strategy is not None:
                assert {*drawn(strategy)} == {*kinds[name]}


def test_numbers_between_bounds_and_special_ones():
    found = drawn(numbers(-1.5, 2.5, 7.0, -np.inf))
    inner = [each for each in found if each not in (7.0, -np.inf)]
    assert {7.0, -np.inf} <= {*found}
    assert -1.5 <= min(inner) < -1 and 2 < max(inner) <= 2.5
    narrow = drawn(numbers(0.1, 0.3, of=minigrad.float32))
    assert np.float32(0.1) <= min(narrow) < 0.15 and 0.25 < max(narrow) <= np.float32(0.3)
    assert all(np.float32(each) == each for each in narrow)
    assert same(drawn(near(3.0)), beside(3.0, np.float64))


def test_dtypes_of_floats_and_others():
    floats = {minigrad.float32, minigrad.float64}
    assert {*drawn(dtypes(floating=True))} == floats
    assert {*drawn(dtypes(floating=False))} == {minigrad.int64, minigrad.bool}
    assert {*drawn(dtypes())} == {*floats, minigrad.int64, minigrad.bool}
