"""Which random numbers are drawn by launches that a compiled step repeats without Python?

Those of the commonest kinds, into arrays that kernels can write. The others are launched as Python
functions, to which a replay comes back.
"""

from __future__ import annotations

from ..kernels.kernel import Array
from ..launch import launch
from .chances import by_chance
from .generator import Generator
from .normal import BLOCK, by_blocks, by_twos
from .uniform import in_range, uniform

DRAWS = frozenset((uniform, by_blocks, by_twos, by_chance))  # their second operand is the words


def draw_uniform(generator: Generator, low: float, high: float, out: Array) -> None:
    """Fill an array evenly from [low, high)."""
    if _written_by_kernels(out) and in_range(low, high, out.dtype):
        launch(uniform, out, generator.words, low, high)
    else:
        launch(_uniform, generator, low, high, out)


def draw_normal(generator: Generator, mean: float, std: float, out: Array) -> None:
    """Fill an array with normally distributed numbers."""
    if not _written_by_kernels(out) or not std >= 0:
        launch(_normal, generator, mean, std, out)
    elif out.size < BLOCK:
        launch(by_twos, out, generator.words, generator.spare, mean, std)
    else:
        launch(by_blocks, out, generator.words, mean, std)


def draw_by_chance(generator: Generator, p: float, out: Array) -> None:
    """Fill an array with ones, each with probability p, and zeros."""
    if _written_by_kernels(out):
        launch(by_chance, out, generator.words, p)
    else:
        launch(_by_chance, generator, p, out)


def _written_by_kernels(out: Array) -> bool:
    return out.dtype.kind == "f" and out.flags.carray


def _uniform(generator: Generator, low: float, high: float, out: Array) -> None:
    generator.uniform(out, low, high)


def _normal(generator: Generator, mean: float, std: float, out: Array) -> None:
    generator.normal(out, mean, std)


def _by_chance(generator: Generator, p: float, out: Array) -> None:
    generator.bernoulli(out, p)
