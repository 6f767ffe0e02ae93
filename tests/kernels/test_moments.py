"""Means and variances: right where one pass would not be, and what an infinity does."""

import math
import statistics
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from minigrad.kernels.blocks import blocks_of
from minigrad.kernels.kernel import Matrix, Vector, VectorOfFloat64, kernel
from minigrad.kernels.moments import TILE, gradient_sums, mean_and_variance, moments_of, sums_of
from minigrad.matrices.channels import PerChannel


@kernel(writes=("stats", "moments"), shares="x")
def write_moments(x: Matrix, stats: PerChannel, moments: PerChannel) -> int:
    return mean_and_variance(x, stats, moments)


@kernel(writes=("sums", "grad_weight", "grad_bias"), shares="x")
def write_gradient_sums(
    grad: Matrix, x: Matrix, mean: Vector, invstd: VectorOfFloat64, sums: PerChannel,
    grad_weight: Vector, grad_bias: Vector,
) -> int:  # fmt: skip
    return gradient_sums(grad, x, mean, invstd, sums, grad_weight, grad_bias)


def moments(x):
    stats, moments = np.full((3, x.shape[1]), np.nan), np.full(moments_of(x), np.nan)
    write_moments(x, stats, moments)
    return stats[0], stats[1]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(data=st.data(), offset=st.sampled_from([0.0, 1e3, 1e6]))
def test_of_columns_far_from_0(dtype, data, offset):
    spread = st.integers(-1000, 1000).map(lambda k: k / 8)
    x = data.draw(arrays(dtype, (data.draw(st.integers(1, 7)), 2), elements=spread)) + dtype(
        offset
    )
    exact = [[Fraction(float(value)) for value in column] for column in x.T]
    mean, var = moments(x)
    rounding = 2 * np.finfo(np.float64).eps * np.abs(x).max()
    wanted = [float(statistics.mean(c)) for c in exact]
    np.testing.assert_allclose(mean, wanted, rtol=0, atol=rounding)
    wanted = [float(statistics.pvariance(c)) for c in exact]
    np.testing.assert_allclose(var, wanted, rtol=1e-13, atol=1e-24)


SMALL = st.tuples(st.integers(1, 3 * TILE), st.integers(1, 20))
# Of several blocks of rows, one of which may be short, or of several columns' width.
LARGE = st.tuples(st.integers(1, 200), st.sampled_from([256, 257, 600]))
SIZES = SMALL | LARGE


def whole_numbers(shape, dtype, seed):
    """Of which sums are exact, whatever their order."""
    return np.random.default_rng(seed).integers(-64, 64, shape).astype(dtype)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(size=SIZES, seed=st.integers(0, 99))
def test_of_matrices_of_any_size(dtype, size, seed):
    x = whole_numbers(size, dtype, seed)
    mean, var = moments(x)
    np.testing.assert_allclose(mean, x.mean(0, dtype=np.float64), rtol=0, atol=3e-14)
    np.testing.assert_allclose(var, x.var(0, dtype=np.float64), rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(size=SIZES, seed=st.integers(0, 99))
def test_sums_of_gradients_and_of_their_products_with_what_was_normalised(dtype, size, seed):
    grad, x = (whole_numbers(size, dtype, seed + each) for each in (0, 1))
    mean = whole_numbers(size[1], dtype, seed + 2)
    invstd = 2.0 ** whole_numbers(size[1], np.float64, seed + 3) / 2**32
    sums, (of_weight, of_bias) = np.full(sums_of(x), np.nan), np.empty((2, size[1]), dtype)
    write_gradient_sums(grad, x, mean, invstd, sums, of_weight, of_bias)
    normalised = (x - mean).astype(np.float64) * invstd
    wanted = grad.sum(0, dtype=np.float64), (grad * normalised).sum(0)
    np.testing.assert_array_equal(sums[:2], wanted)
    np.testing.assert_array_equal([of_bias, of_weight], np.array(wanted).astype(dtype))


BLOCK = blocks_of.py_func((10**4, 2))[1]


@given(value=st.floats(-1e100, 1e100), rows=st.integers(1, 9) | st.integers(BLOCK, 4 * BLOCK))
def test_a_constant_column_has_its_value_as_mean_and_no_variance(value, rows):
    mean, var = moments(np.full((rows, 2), value))
    assert (mean[0], var[0]) == (value, 0.0)


def test_blocks_of_rows_are_put_together_where_their_means_are_far_apart():
    x = np.repeat([[1e8, 1.0], [-1e8, 1.0], [1e8, 4.0]], BLOCK, axis=0)[: 2 * BLOCK + 5]
    x[:, 1] += np.arange(len(x)) % 2
    assert blocks_of.py_func(x.shape)[0] == 3
    exact = [[Fraction(float(value)) for value in column] for column in x.T]
    mean, var = moments(x)
    np.testing.assert_allclose(mean, [float(statistics.mean(c)) for c in exact], atol=1e-8, rtol=0)
    np.testing.assert_allclose(var, [float(statistics.pvariance(c)) for c in exact], rtol=1e-15)


@pytest.mark.parametrize("at", [0, BLOCK, 3 * BLOCK - 1])
def test_an_infinity_is_the_mean_of_its_column_alone(at):
    x = np.tile([[1.0, 0.0], [3.0, 0.0]], (3 * BLOCK // 2, 1))
    x[at, 1] = math.inf
    for rows in x[: at + 1][-2:], x:
        mean, var = moments(np.vstack([rows, rows]))
        assert (mean[1], var[0]) == (math.inf, 1.0 if len(rows) > 1 else 0.0)
        assert math.isnan(var[1])


def test_a_variance_beyond_float64_is_infinite_and_its_mean_is_not():
    x = np.array([[0.0, 1.0], [0.0, 3.0], [np.finfo(np.float64).max, 2.0]])
    mean, var = moments(x)
    assert mean.tolist() == [x[2, 0] / 3, 2.0] and var[0] == math.inf


def test_of_nothing():
    mean, var = moments(np.empty((0, 2), np.float32))
    assert np.isnan(mean).all() and np.isnan(var).all()
    assert moments(np.empty((3, 0), np.float32))[0].shape == (0,)
