"""What is close, what is not, and what the message says about it."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

import minigrad
from minigrad.testing import assert_close
from minigrad.testing.strategies import LAYOUTS, dtypes, shapes, tensors

MIXED = ("ties", "normal", "NaN", "infinities", "subnormal", "extreme")


def verdict(check, *given, **options):
    try:
        check(*given, **options)
    except AssertionError:
        return "apart"
    return "close"


@given(data=st.data())
def test_with_pytorchs_tolerances_the_verdict_is_pytorchs(data):
    torch = pytest.importorskip("torch")
    dtype, shape = data.draw(dtypes()), data.draw(shapes(2, 3))
    first = data.draw(tensors(shape, dtype, MIXED, LAYOUTS, requires_grad=False))
    second = data.draw(tensors(shape, dtype, MIXED, requires_grad=False) | st.just(first))
    rtol, atol = data.draw(st.sampled_from([(0.0, 0.0), (0.5, 0.0), (0.0, 1.0), (1e-3, 1e-3)]))
    if rtol == 0.5:  # PyTorch rounds the half of a number to its dtype: that of odd steps from 0
        halves = second.array * np.asarray(0.5, second.array.dtype)
        assume(np.array_equal(2 * halves, second.array, equal_nan=second.array.dtype.kind == "f"))
    options = {"rtol": rtol, "atol": atol, "equal_nan": data.draw(st.booleans())}
    theirs = [torch.tensor(each.array.copy()) for each in (first, second)]
    wanted = verdict(torch.testing.assert_close, *theirs, **options)
    assert verdict(assert_close, first, second, **options) == wanted
    assert verdict(assert_close, first, theirs[1], **options) == wanted
    assert verdict(assert_close, {"x": [first]}, {"x": (second.array,)}, **options) == wanted


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(data=st.data(), steps=st.integers(0, 8))
def test_a_value_and_its_neighbours_are_one_or_two_steps_to_an_ulp_apart(dtype, data, steps):
    start = dtype(data.draw(st.floats(2.0**-100, 2.0**100, width=32)))
    moved = start
    for _ in range(steps):
        moved = np.nextafter(moved, dtype(np.inf))
    assert_close(moved, start, ulp=steps)
    assert_close(-moved, -start, ulp=steps)
    if steps > 1:
        with pytest.raises(AssertionError):
            assert_close(moved, start, ulp=(steps - 1) / 2)


def test_what_was_added_up_tells_how_exact_a_sum_is():
    x = np.array([1e8, 1.0, -1e8], np.float32)
    found, truth = np.float32(0.0), np.float64(1.0)
    with pytest.raises(AssertionError, match="condition 1"):
        assert_close(found, truth, check_dtype=False)
    assert_close(found, truth, check_dtype=False, magnitude=np.abs(x).sum())
    with pytest.raises(AssertionError, match=r"magnitude 100"):
        assert_close(found, truth, check_dtype=False, magnitude=100.0)
    assert_close(np.float32(1.001), np.float32(1.0), condition=1e4)


def test_of_two_dtypes_the_coarser_one_counts():
    third = np.float64(1) / 3
    assert_close(np.float32(third), third, ulp=1, check_dtype=False)
    assert_close(third, np.float32(third), ulp=1, check_dtype=False)
    with pytest.raises(AssertionError, match="dtype float32 instead of float64"):
        assert_close(np.float32(third), third)
    assert_close(minigrad.tensor(third), third)  # a Python number has no dtype


@np.errstate(all="ignore")
def test_what_overflows_in_the_coarser_dtype_is_an_infinity_of_its_sign():
    large, infinite = np.array([1e39, -1e300, np.inf]), np.array([1, -1, 1], np.float32) / 0.0
    assert_close(infinite, large, ulp=0, check_dtype=False)
    with pytest.raises(AssertionError, match="the worst of 3 among 3"):
        assert_close(-infinite, large, ulp=0, check_dtype=False)


def test_integers_are_equal_or_apart_however_large():
    assert_close(2**60, 2**60)
    with pytest.raises(AssertionError, match=r"off by     1\n  allowed    0: they must be equal"):
        assert_close(3, 2)
    with pytest.raises(AssertionError, match="not close"):
        assert_close(minigrad.tensor([2**60 + 1]), minigrad.tensor([2**60]))
    assert_close(3, 2, atol=1)


def test_the_message_says_where_how_far_and_what_was_allowed_and_why():
    expected = minigrad.tensor([[1.0, 2.0], [4.0, 8.0]])
    actual = expected.clone()
    actual[0, 1] += 2 * 2.0**-22
    actual[1, 0] += 16 * 2.0**-21
    with pytest.raises(AssertionError) as caught:
        assert_close({"loss": [0.0, actual]}, {"loss": [0.0, expected]}, ulp=1.5)
    assert str(caught.value).splitlines() == [
        "['loss'][1]: not close at (1, 0), the worst of 2 among 4",
        "  actual     4.00000762939453125"[: 13 + len(repr(float(actual[1, 0])))],
        "  expected   4.0",
        "  off by     7.63e-06, 16 ulp of float32",
        "  allowed    7.15e-07, 1.5 ulp of float32: ulp 1.5 · eps 1.19e-07 · "
        "(condition 1 · |expected| 4)",
    ]


@pytest.mark.parametrize(
    ("actual", "expected", "message"),
    [
        ([1.0], [1.0, 2.0], "^1 values instead of 2$"),
        ({"a": 1}, {"b": 1}, "^keys 'a' instead of 'b'$"),
        ([[1.0]], [2.0], r"^\[0\]: a list instead of a float$"),
        ({"a": 1}, [1], "^a dict instead of a list$"),
        (minigrad.zeros(2, 1), minigrad.zeros(2), r"^shape \[2, 1\] instead of \[2\]$"),
        (math.nan, math.nan, "not close"),
        (math.inf, -math.inf, "not close"),
        (3e38, math.inf, "off by     inf"),
        (minigrad.tensor([1.0]), minigrad.tensor([1]), "^dtype float32 instead of int64$"),
    ],
)
def test_what_differs_is_named(actual, expected, message):
    with pytest.raises(AssertionError, match=message):
        assert_close(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "told"),
    [
        (
            [1.0, math.nan],
            [1.0, 2.0],
            "only actual is; equal_nan=True allows for it on both sides",
        ),
        (
            [1.0, 2.0],
            [1.0, math.nan],
            "only expected is; equal_nan=True allows for it on both sides",
        ),
        ([1.0, math.nan], [2.0, math.nan], "both are, which is close only with equal_nan=True"),
    ],
)
def test_of_nan_is_said_which_side_it_is_on_and_what_would_allow_it(actual, expected, told):
    with pytest.raises(AssertionError) as caught:
        assert_close(np.array(actual), np.array(expected), rtol=1.0)
    lines = str(caught.value).splitlines()
    assert lines[0] == "not close at (1,)" and lines[-1] == f"  NaN        {told}"
    assert "off by" not in str(caught.value) and len(lines) == 4


def test_a_message_of_ones_own():
    with pytest.raises(AssertionError, match=r"^no$"):
        assert_close(1, 2, msg="no")
    with pytest.raises(AssertionError, match=r"^sum: not close"):
        assert_close(1, 2, msg=lambda text: f"sum: {text}")


def test_arguments_that_make_no_sense_are_named():
    with pytest.raises(ValueError, match=r"ulp must not be negative or NaN, got -1"):
        assert_close(1.0, 1.0, ulp=-1)
    with pytest.raises(ValueError, match=r"magnitude must not be negative or NaN, got nan"):
        assert_close(1.0, 1.0, magnitude=math.nan)
    with pytest.raises(TypeError, match=r"actual at \['x'\] must be tensors, arrays or numbers"):
        assert_close({"x": "one"}, {"x": 1.0})


def test_strides_are_compared_when_asked_for():
    x = minigrad.ones(2, 3)
    assert_close(x, x.t().contiguous().t())
    with pytest.raises(AssertionError, match="strides"):
        assert_close(x, x.t().contiguous().t(), check_stride=True)
    assert_close(x, x.double(), check_stride=True, check_dtype=False)
