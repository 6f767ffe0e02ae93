"""Functions that are constant in steps: their gradient is 0 everywhere."""

from __future__ import annotations

import numpy as np

from ..launch import launch
from ..memory_order import empty_in_order
from ..tensor import Array, Tensor
from . import of_each
from .constants import zeros_like
from .elementwise import elementwise, quietly
from .primitive import Primitive


class Step(Primitive):
    """One of NumPy's functions that jump between whole numbers."""

    def __init__(self, backward_name: str, function: np.ufunc) -> None:
        self.backward_name = backward_name
        super().__init__()
        self.function = quietly(function)

    def compute(self, x: Array) -> Array:
        return elementwise(self.function, x)

    def gradient_x(self, grad: Tensor) -> Tensor:
        return zeros_like(grad)


class Round(Primitive):
    """To so many decimals, halves to the even neighbour."""

    backward_name = "Round"

    def compute(self, x: Array, decimals: int) -> Array:
        out = empty_in_order(x.shape, x.dtype, x)
        launch(_round, x, decimals, out)
        return out

    def gradient_x(self, grad: Tensor) -> Tensor:
        return zeros_like(grad)


def _round(x: Array, decimals: int, out: Array) -> None:
    with np.errstate(all="ignore"):
        scale = x.dtype.type(np.power(10.0, abs(decimals)))
        if decimals >= 0:
            np.divide(np.rint(x * scale), scale, out)
        else:
            np.multiply(np.rint(x / scale), scale, out)


def _sign(x: Array, out: Array) -> None:
    np.copyto(out, np.sign(x))
    out[np.isnan(x)] = 0


class Sign(Primitive):
    """-1, 0 or 1; 0 for NaN."""

    backward_name = "Sign"

    def compute(self, x: Array) -> Array:
        return elementwise(_sign, x, native=of_each.sign)

    def gradient_x(self, grad: Tensor) -> Tensor:
        return zeros_like(grad)


floor, ceil = Step("Floor", np.floor), Step("Ceil", np.ceil)
trunc, rint = Step("Trunc", np.trunc), Step("Round", np.rint)
round, sign = Round(), Sign()
