"""Tensors are multiplied as vectors and matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import functions
from .operands import is_tensor

if TYPE_CHECKING:
    from ..tensor import Number, Tensor


class Products:
    """The functions of `functions.products` as methods."""

    __slots__ = ()

    def __matmul__(self: Tensor, other: Any) -> Tensor:
        if not is_tensor(other):
            return NotImplemented
        return functions.products.matmul(self, other)

    def __rmatmul__(self: Tensor, other: Any) -> Tensor:
        if not is_tensor(other):
            return NotImplemented
        return functions.products.matmul(other, self)

    def matmul(self: Tensor, other: Tensor) -> Tensor:
        """See `minigrad.matmul`."""
        return functions.products.matmul(self, other)

    def mm(self: Tensor, mat2: Tensor) -> Tensor:
        """See `minigrad.mm`."""
        return functions.products.mm(self, mat2)

    def bmm(self: Tensor, mat2: Tensor) -> Tensor:
        """See `minigrad.bmm`."""
        return functions.products.bmm(self, mat2)

    def mv(self: Tensor, vec: Tensor) -> Tensor:
        """See `minigrad.mv`."""
        return functions.vector_products.mv(self, vec)

    def dot(self: Tensor, tensor: Tensor) -> Tensor:
        """See `minigrad.dot`."""
        return functions.vector_products.dot(self, tensor)

    def outer(self: Tensor, vec2: Tensor) -> Tensor:
        """See `minigrad.outer`."""
        return functions.vector_products.outer(self, vec2)

    def addmm(
        self: Tensor, mat1: Tensor, mat2: Tensor, *last: Any, beta: Number = 1, alpha: Number = 1
    ) -> Tensor:
        """See `minigrad.addmm`."""
        if last:
            mat1, mat2, beta, alpha = functions.products.in_former_order(
                (mat1, mat2, *last), beta, alpha
            )
        return functions.products.addmm(self, mat1, mat2, beta=beta, alpha=alpha)

    def addmm_(
        self: Tensor, mat1: Tensor, mat2: Tensor, *last: Any, beta: Number = 1, alpha: Number = 1
    ) -> Tensor:
        """`addmm`, in place."""
        if last:
            mat1, mat2, beta, alpha = functions.products.in_former_order(
                (mat1, mat2, *last), beta, alpha
            )
        return functions.inplace.changed(
            self, functions.products.addmm, mat1, mat2, beta=beta, alpha=alpha
        )
