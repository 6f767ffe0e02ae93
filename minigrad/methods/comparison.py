"""Tensors are compared, element by element and as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .. import functions
from .operands import is_operand

if TYPE_CHECKING:
    from ..tensor import Operand, Tensor


class Comparison:
    """Operators, and the functions of `functions.comparison` and `.closeness`."""

    __slots__ = ()

    def __eq__(self: Tensor, other: object) -> Tensor:  # type: ignore[override]
        operand = _with_arrays(other)
        return functions.comparison.eq(self, operand) if is_operand(operand) else NotImplemented

    def __ne__(self: Tensor, other: Any) -> Tensor:  # type: ignore[override]
        return functions.comparison.ne(self, other) if is_operand(other) else NotImplemented

    def __lt__(self: Tensor, other: Any) -> Tensor:
        return functions.comparison.lt(self, other) if is_operand(other) else NotImplemented

    def __le__(self: Tensor, other: Any) -> Tensor:
        return functions.comparison.le(self, other) if is_operand(other) else NotImplemented

    def __gt__(self: Tensor, other: Any) -> Tensor:
        return functions.comparison.gt(self, other) if is_operand(other) else NotImplemented

    def __ge__(self: Tensor, other: Any) -> Tensor:
        return functions.comparison.ge(self, other) if is_operand(other) else NotImplemented

    def eq(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.eq`."""
        return functions.comparison.eq(self, other)

    def ne(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.ne`."""
        return functions.comparison.ne(self, other)

    def lt(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.lt`."""
        return functions.comparison.lt(self, other)

    def le(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.le`."""
        return functions.comparison.le(self, other)

    def gt(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.gt`."""
        return functions.comparison.gt(self, other)

    def ge(self: Tensor, other: Operand) -> Tensor:
        """See `minigrad.ge`."""
        return functions.comparison.ge(self, other)

    def eq_(self: Tensor, other: Operand) -> Tensor:
        """`eq`, in place."""
        return functions.inplace.changed_to_comparison(self, functions.comparison.eq, other)

    def ne_(self: Tensor, other: Operand) -> Tensor:
        """`ne`, in place."""
        return functions.inplace.changed_to_comparison(self, functions.comparison.ne, other)

    def lt_(self: Tensor, other: Operand) -> Tensor:
        """`lt`, in place."""
        return functions.inplace.changed_to_comparison(self, functions.comparison.lt, other)

    def le_(self: Tensor, other: Operand) -> Tensor:
        """`le`, in place."""
        return functions.inplace.changed_to_comparison(self, functions.comparison.le, other)

    def gt_(self: Tensor, other: Operand) -> Tensor:
        """`gt`, in place."""
        return functions.inplace.changed_to_comparison(self, functions.comparison.gt, other)

    def ge_(self: Tensor, other: Operand) -> Tensor:
        """`ge`, in place."""
        return functions.inplace.changed_to_comparison(self, functions.comparison.ge, other)

    def where(self: Tensor, condition: Tensor, other: Operand) -> Tensor:
        """See `minigrad.where`."""
        return functions.comparison.where(condition, self, other)

    def maximum(self: Tensor, other: Tensor) -> Tensor:
        """See `minigrad.maximum`."""
        return functions.comparison.maximum(self, other)

    def minimum(self: Tensor, other: Tensor) -> Tensor:
        """See `minigrad.minimum`."""
        return functions.comparison.minimum(self, other)

    def equal(self: Tensor, other: Tensor) -> bool:
        """See `minigrad.equal`."""
        return functions.closeness.equal(self, other)

    def isclose(
        self: Tensor,
        other: Tensor,
        rtol: float = 1e-05,
        atol: float = 1e-08,
        equal_nan: bool = False,
    ) -> Tensor:
        """See `minigrad.isclose`."""
        return functions.closeness.isclose(self, other, rtol, atol, equal_nan)

    def allclose(
        self: Tensor,
        other: Tensor,
        rtol: float = 1e-05,
        atol: float = 1e-08,
        equal_nan: bool = False,
    ) -> bool:
        """See `minigrad.allclose`."""
        return functions.closeness.allclose(self, other, rtol, atol, equal_nan)

    not_equal, less, less_equal, greater, greater_equal = ne, lt, le, gt, ge
    not_equal_, less_, less_equal_, greater_, greater_equal_ = ne_, lt_, le_, gt_, ge_


def _with_arrays(other: object) -> Any:
    """NumPy's arrays of numbers as tensors; only `==` takes them, as in PyTorch."""
    if isinstance(other, np.ndarray) and other.dtype.kind in "fiub":
        return functions.creation.as_tensor(other)
    return other
