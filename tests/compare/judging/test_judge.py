"""How far off is a result, and when is that too far?"""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from compare.judging.judge import LICENCE, Quantity, errors, judged
from compare.row import FAIL, KNOWN_DIFFERENCE, PASS, Row

NAMES = ("operation", "case", "float32", "out")
NAN, INF = float("nan"), float("inf")


def judge(ours: float, theirs: float, value: float, **details: str | bool) -> Row:
    quantity = Quantity(np.array([value], np.longdouble))
    arrays = [np.array([each], np.float32) for each in (ours, theirs)]
    return judged(NAMES, *arrays, quantity, **details)


@given(st.floats(width=32, allow_nan=False, allow_infinity=False), st.integers(0, 50))
def test_errors_count_neighbouring_numbers(value: float, steps: int) -> None:
    """Beyond a power of two neighbours are twice as far apart, before it half as far."""
    result = np.float32(value)
    with np.errstate(over="ignore"):
        for _ in range(steps):
            result = np.nextafter(result, np.float32(INF))
    if np.isfinite(result):
        (found,) = errors(np.array([result]), Quantity(np.array([value], np.longdouble)))
        assert steps / 2 <= found <= 2 * steps


@pytest.mark.parametrize(
    ("ours", "value"), [(NAN, 1.0), (1.0, NAN), (INF, 1.0), (-INF, INF), (INF, NAN), (3e38, INF)]
)
def test_another_special_value_is_infinitely_wrong(ours: float, value: float) -> None:
    assert judge(ours, value, value).error == INF
    assert judge(ours, value, value).verdict == FAIL


@pytest.mark.parametrize("value", [NAN, INF, -INF, 0.0, 1e300])
def test_the_same_special_value_is_right(value: float) -> None:
    with np.errstate(over="ignore"):
        result = float(np.float32(value))
    row = judge(result, result, value)
    assert (row.error, row.verdict) == (0, PASS)


@pytest.mark.parametrize(("counts", "expected"), [(True, INF), (False, 0.0)])
def test_the_sign_of_zero_is_wrong_where_it_counts(counts: bool, expected: float) -> None:
    quantity = Quantity(np.zeros(1, np.longdouble), signed_zeros=counts)
    assert errors(np.array([-0.0], np.float32), quantity) == [expected]


@pytest.mark.filterwarnings("error")
def test_what_is_off_by_more_than_numbers_count_fails_without_a_warning() -> None:
    ours, theirs = np.array([1e300]), np.array([1e-320])
    row = judged(NAMES, ours, theirs, Quantity(theirs.astype(np.longdouble)))
    assert (row.error, row.verdict) == (np.finfo(np.float64).max, FAIL)


@pytest.mark.filterwarnings("error")
def test_what_pytorch_is_off_by_may_grant_more_than_numbers_count() -> None:
    exact = np.array([1e-160, 1.0], np.longdouble)
    right = exact.astype(np.float64)
    theirs = right + np.array([1e130, 0.0])
    row = judged(NAMES, right, theirs, Quantity(exact, noise=np.array([0.0, 1e30])))
    assert row.verdict == PASS


def test_a_rounded_result_passes_and_its_neighbour_fails() -> None:
    third = np.float32(1) / np.float32(3)
    exact = np.longdouble(1) / 3
    assert judge(third, third, exact).verdict == PASS
    row = judge(np.nextafter(third, np.float32(1)), third, exact)
    assert row.verdict == FAIL
    assert row.where == (0,)


def test_what_pytorch_gets_wrong_minigrad_may_get_as_wrong() -> None:
    off = 1 + 4 * np.finfo(np.float32).eps
    row = judge(off, off, 1.0)
    assert (row.verdict, row.reason, row.allowed) == (PASS, LICENCE, 4.0)
    assert judge(off, 1.0, 1.0).verdict == FAIL


def test_a_known_difference_excuses_nothing() -> None:
    assert judge(1.0, 1.5, 1.0, difference="known").verdict == KNOWN_DIFFERENCE
    assert judge(1.5, 1.5, 1.0, difference="known").verdict == FAIL
    assert judge(1.5, 1.5, 1.0, exact=True).verdict == FAIL


def test_a_known_difference_that_is_gone_is_a_pass() -> None:
    assert judge(1.0, 1.0, 1.0, difference="known").verdict == PASS


def test_pytorch_must_not_have_another_special_value_without_a_reason() -> None:
    assert judge(1.0, NAN, 1.0).verdict == FAIL
    assert judge(1.0, NAN, 1.0, difference="known").verdict == KNOWN_DIFFERENCE


def test_another_shape_fails() -> None:
    quantity = Quantity(np.zeros((2, 1), np.longdouble))
    row = judged(NAMES, np.zeros(2, np.float32), np.zeros((2, 1), np.float32), quantity)
    assert row.verdict == FAIL
    assert "(2,)" in row.note


def test_noise_allows_what_cancels_to_be_off() -> None:
    value = np.array([1e-6], np.longdouble)
    off = np.array([1e-6 + 1e-8], np.float32)
    right = np.array([1e-6], np.float32)
    assert judged(NAMES, off, right, Quantity(value, noise=1.0)).verdict == PASS
    assert judged(NAMES, off, right, Quantity(value, noise=0.1)).verdict == FAIL
    assert judged(NAMES, off, right, Quantity(value, noise=1.0, wide=True)).verdict == FAIL


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_over_many_elements_an_elementwise_error_is_at_most_pytorchs(dtype: type) -> None:
    """What the bound would allow is not enough where PyTorch is nearer."""
    value = np.ones(2000, np.longdouble)
    quantity = Quantity(value, roundings=10)
    off, right = np.ones(2000, dtype), np.ones(2000, dtype)
    off[5] += 3 * np.finfo(dtype).eps
    assert judged(NAMES, off, right, quantity).verdict == PASS
    assert judged(NAMES, off, right, quantity, elementwise=True).verdict == FAIL
    assert judged(NAMES, off, off, quantity, elementwise=True).verdict == PASS
    few = Quantity(value[:10], roundings=10)
    assert judged(NAMES, off[:10], right[:10], few, elementwise=True).verdict == PASS


def test_no_bound_allows_another_special_value() -> None:
    everything = Quantity(np.zeros(1, np.longdouble), noise=1e300)
    row = judged(NAMES, np.array([NAN]), np.array([0.0]), everything)
    assert row.verdict == FAIL


def test_the_mean_is_over_all_elements() -> None:
    eps = np.finfo(np.float32).eps
    off = np.array([1, 1 + eps, 1, 1 + 3 * eps], np.float32)
    row = judged(NAMES, off, np.ones(4, np.float32), Quantity(np.ones(4, np.longdouble)))
    assert (row.error, row.mean_error, row.torch_mean_error) == (3.0, 1.0, 0.0)
