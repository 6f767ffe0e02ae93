"""Complex steps are taken where a function allows, and give derivatives to the last digits."""

import numpy as np
import pytest

from minigrad.testing import GradientError, gradcheck

X = np.array([0.5, -1.25, 2.0])


def check(function, slope, x=X, **options):
    return gradcheck(function, x, gradient=lambda grad, x: grad * slope(x), **options)


def method(result):
    (findings,) = result.findings
    return findings.method


@pytest.mark.parametrize(
    ("function", "slope"),
    [(np.exp, np.exp), (np.sin, np.cos), (lambda x: x**3, lambda x: 3 * x**2)],
)
def test_analytic_functions_are_checked_to_the_last_digits(function, slope):
    result = check(function, slope, rtol=1e-14, atol=1e-14)
    assert method(result) == "complex"
    with pytest.raises(GradientError):
        check(function, lambda x: slope(x) * (1 + 1e-11), rtol=1e-13)


@pytest.mark.parametrize(
    ("function", "slope", "reason"),
    [
        (np.abs, np.sign, "gives no complex numbers"),
        (lambda x: np.real(x) * 2, lambda x: 2, "gives no complex numbers"),
        (lambda x: np.conj(x) * x, lambda x: 2 * x, "disagree"),
        (lambda x: np.cbrt(x), lambda x: 1 / (3 * np.cbrt(x) ** 2), "takes no complex numbers"),
    ],
)
def test_other_functions_are_checked_by_differences(function, slope, reason):
    result = check(function, slope)
    assert method(result) == "differences" and reason in repr(result)
    with pytest.raises(ValueError, match=f"method cannot be 'complex': .*{reason}"):
        check(function, slope, method="complex")


def test_an_array_that_drops_the_imaginary_part_is_noticed():
    def doubled(x):
        out = np.zeros(x.shape)
        out[...] = 2 * x
        return out

    assert method(check(doubled, lambda x: 2)) == "differences"


def test_at_a_kink_both_sides_count():
    def kinked(x):
        return np.where(x.real > 0, x * x, -x)

    result = check(kinked, lambda x: np.where(x > 0, 2 * x, -0.5), np.array([0.0, 1.0]))
    assert result and len(result.kinks) == 1


def test_differences_can_be_asked_for():
    assert method(check(np.exp, np.exp, method="differences")) == "differences"
