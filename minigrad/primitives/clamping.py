"""Keeping numbers between bounds, which are tensors as well.

At a bound the gradient goes to the number, beyond it to the bound. Where the lower bound is
above the upper one, the upper one counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..tensor import Array, Tensor
from . import comparing
from .constants import zero
from .elementwise import elementwise
from .primitive import Primitive
from .selection import larger, smaller, where


class ClampMin(Primitive):
    """x, but nowhere below the bound."""

    backward_name = "ClampMin"

    def compute(self, x: Array, low: Array) -> Array:
        return elementwise(larger, x, low, native=comparing.larger)

    def gradient_x(self, grad: Tensor, x: Tensor, low: Tensor) -> Tensor:
        return _where(np.greater_equal, grad, x, low)

    def gradient_low(self, grad: Tensor, x: Tensor, low: Tensor) -> Tensor:
        return _where(np.less, grad, x, low)


class ClampMax(Primitive):
    """x, but nowhere above the bound."""

    backward_name = "ClampMax"

    def compute(self, x: Array, high: Array) -> Array:
        return elementwise(smaller, x, high, native=comparing.smaller)

    def gradient_x(self, grad: Tensor, x: Tensor, high: Tensor) -> Tensor:
        return _where(np.less_equal, grad, x, high)

    def gradient_high(self, grad: Tensor, x: Tensor, high: Tensor) -> Tensor:
        return _where(np.greater, grad, x, high)


class Clamp(Primitive):
    """x between two bounds."""

    backward_name = "Clamp"

    def compute(self, x: Array, low: Array, high: Array) -> Array:
        raised = elementwise(larger, x, low, native=comparing.larger)
        return elementwise(smaller, raised, high, native=comparing.smaller)

    def gradient_x(self, grad: Tensor, x: Tensor, low: Tensor, high: Tensor) -> Tensor:
        return _where(_is_between, grad, x, low, high)

    def gradient_low(self, grad: Tensor, x: Tensor, low: Tensor, high: Tensor) -> Tensor:
        return _where(_is_below, grad, x, low, high)

    def gradient_high(self, grad: Tensor, x: Tensor, low: Tensor, high: Tensor) -> Tensor:
        return _where(_is_above, grad, x, low, high)


def _where(condition: Callable[..., Any], grad: Tensor, *operands: Tensor) -> Tensor:
    """The gradient where the operands fulfil a condition, 0 elsewhere."""
    native = NATIVE.get(condition)
    arrays = [each.array for each in operands]
    found = elementwise(condition, *arrays, dtype=np.bool_, native=native)
    return where(grad, zero(grad), condition=found)


def _is_between(x: Array, low: Array, high: Array, out: Array) -> None:
    np.logical_and(x >= low, x <= high, out)


def _is_below(x: Array, low: Array, high: Array, out: Array) -> None:
    np.logical_and(x < low, low < high, out)


def _is_above(x: Array, low: Array, high: Array, out: Array) -> None:
    np.logical_or(x > high, low > high, out)


NATIVE = {**comparing.COMPARISONS, _is_between: comparing.between}

clamp_min, clamp_max, clamp = ClampMin(), ClampMax(), Clamp()
