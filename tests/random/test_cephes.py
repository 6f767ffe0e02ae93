"""How near do the float32 logarithm, sine and cosine come to those of float64?"""

from __future__ import annotations

import math

import numba
import numpy as np

from minigrad.random import cephes

STEPS = np.arange(0, 2**24, 61)  # of the numbers that a generator can draw


@numba.njit
def logarithms(x: np.ndarray) -> np.ndarray:
    out = np.empty_like(x)
    for i in range(x.size):
        out[i] = cephes.log(x[i])
    return out


@numba.njit
def sines_and_cosines(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    sine, cosine = np.empty_like(x), np.empty_like(x)
    for i in range(x.size):
        sine[i], cosine[i] = cephes.sine_cosine(x[i])
    return sine, cosine


def test_the_logarithm_is_within_a_unit() -> None:
    x = np.float32(1) - STEPS.astype(np.float32) * np.float32(2**-24)
    exact = np.log(x.astype(np.float64))
    error = np.abs(logarithms(x) - exact) / np.spacing(np.abs(exact).astype(np.float32))
    assert error.max() < 1


def test_sine_and_cosine_are_within_a_unit_of_one() -> None:
    x = np.float32(2 * math.pi) * (STEPS.astype(np.float32) * np.float32(2**-24))
    sine, cosine = sines_and_cosines(x)
    unit = np.spacing(np.float32(1))
    assert np.abs(sine - np.sin(x.astype(np.float64))).max() < unit
    assert np.abs(cosine - np.cos(x.astype(np.float64))).max() < unit


def test_the_quarter_turns_are_told_apart() -> None:
    x = np.float32(math.pi / 2) * np.arange(5, dtype=np.float32)
    sine, cosine = sines_and_cosines(x)
    assert np.round(sine).tolist() == [0, 1, 0, -1, 0]
    assert np.round(cosine).tolist() == [1, 0, -1, 0, 1]
