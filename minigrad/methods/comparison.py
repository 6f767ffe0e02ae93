"""Tensors are compared, element by element."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .. import functions

if TYPE_CHECKING:
    from ..tensor import Operand, Tensor


class Comparison:
    """The functions of `functions.comparison` as methods."""

    __slots__ = ()

    def __eq__(self: Tensor, other: object) -> Any:
        return functions.comparison.compare(np.equal, self, other)

    def __ne__(self: Tensor, other: object) -> Any:
        return functions.comparison.compare(np.not_equal, self, other)

    def __lt__(self: Tensor, other: Operand) -> Tensor:
        return functions.comparison.compare(np.less, self, other)

    def __le__(self: Tensor, other: Operand) -> Tensor:
        return functions.comparison.compare(np.less_equal, self, other)

    def __gt__(self: Tensor, other: Operand) -> Tensor:
        return functions.comparison.compare(np.greater, self, other)

    def __ge__(self: Tensor, other: Operand) -> Tensor:
        return functions.comparison.compare(np.greater_equal, self, other)
