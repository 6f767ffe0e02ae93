"""Do small and large arrays of normal numbers take their words in PyTorch's two ways?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from minigrad.random import Generator
from minigrad.random.box_muller import box_muller

DTYPES = st.sampled_from(["float32", "float64"])


def normals(generator: Generator, size: int, dtype: str = "float64") -> np.ndarray:
    array = np.zeros(size, dtype)
    generator.normal(array)
    return array


@given(st.integers(0, 99), st.lists(st.integers(0, 15), max_size=6), DTYPES)
def test_small_arrays_share_one_stream_of_pairs(seed: int, sizes: list[int], dtype: str) -> None:
    generator = Generator().manual_seed(seed)
    parts = [normals(generator, size, dtype) for size in sizes]
    strided = np.zeros((sum(sizes), 2), dtype)[:, 0]
    Generator().manual_seed(seed).normal(strided)
    np.testing.assert_array_equal(np.concatenate([*parts, np.zeros(0, dtype)]), strided)


@given(st.integers(0, 99), st.integers(16, 100) | st.integers(1000, 1100), DTYPES)
def test_the_last_block_of_a_large_array_is_drawn_anew(seed: int, size: int, dtype: str) -> None:
    fractions, last = np.zeros(size, dtype), np.zeros(16, dtype)
    generator = Generator().manual_seed(seed)
    generator.uniform(fractions)
    generator.uniform(last)
    blocks, tail = np.zeros(size, dtype), size % 16
    for start in range(0, size - tail, 16):
        blocks[start : start + 16] = block(fractions[start : start + 16])
    if tail:
        blocks[-16:] = block(last)
    np.testing.assert_array_equal(normals(Generator().manual_seed(seed), size, dtype), blocks)


def block(fractions: np.ndarray) -> np.ndarray:
    """Sixteen normal numbers: the first eight fractions are for radii."""
    made = fractions.copy()
    box_muller(made[:8], made[8:], 8, made.dtype.type(0), made.dtype.type(1))
    return made


def test_a_seed_forgets_the_number_that_was_kept() -> None:
    generator = Generator().manual_seed(1)
    first = normals(generator, 1)
    assert normals(generator.manual_seed(1), 1) == first
    assert normals(generator, 1) != first


@pytest.mark.parametrize(("shape", "layout"), [((9,), "C"), ((100, 100), "C"), ((100, 100), "F")])
def test_mean_and_deviation_are_those_asked_for(shape: tuple[int, ...], layout: str) -> None:
    array = np.zeros(shape, order=layout)  # type: ignore[call-overload]
    plain = np.zeros_like(array)
    Generator().manual_seed(0).normal(plain)
    Generator().manual_seed(0).normal(array, 7.0, 3.0)
    np.testing.assert_allclose(array, 3 * plain + 7, rtol=0, atol=1e-14)
    if plain.size == 10000:
        assert abs(plain.mean()) < 0.04
        assert abs(plain.std() - 1) < 0.03


def test_where_there_is_nothing_to_fill_no_dtype_is_refused(torch):
    for dtype in (torch.int64, torch.bool):
        assert torch.zeros(0, dtype=dtype).normal_().tolist() == []
    with pytest.raises(NotImplementedError, match="normal_kernel_cpu"):
        torch.zeros(1, dtype=torch.int64).normal_()
