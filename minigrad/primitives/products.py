"""Products of matrices."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..broadcast import broadcast_shape
from ..kernels.kernel import Matrix, Scalar, kernel
from ..kernels.lanes import LANES
from ..kernels.large_products import product
from ..kernels.linear_halves import SMALL
from ..kernels.products import multiply
from ..kernels.reshaping import with_shape
from ..launch import empty, launch
from ..tensor import Array, Number, Tensor
from . import views
from .elementwise import quietly
from .primitive import Primitive

_matmul = quietly(np.matmul)


@kernel(writes=("out",), flops=lambda a, out: 2 * a.size * out.shape[1])
def multiply_matrices(
    a: Matrix, b: Matrix, a_turned: Scalar, b_turned: Scalar, out: Matrix
) -> int:
    """Write A · B; `a` holds A or, turned, A transposed, and so does `b`."""
    rows, columns = out.shape
    length = a.size // rows
    nothing = with_shape(out, (out.size,))[:0]
    if b_turned != 0 or out.size * length > SMALL:
        return product(a, a_turned != 0, b, b_turned != 0, nothing, out)
    row_step, step = (1, rows) if a_turned != 0 else (length, 1)
    multiply(a, row_step, step, rows, length, b, columns, nothing, out)
    return 0


class Matmul(Primitive):
    """The products of matrices a: (..., n, k) and b: (..., k, m), whose batches broadcast."""

    backward_name = "Mm"

    def compute(self, a: Array, b: Array) -> Array:
        batch = broadcast_shape(a.shape[:-2], b.shape[:-2])
        out = empty((*batch, a.shape[-2], b.shape[-1]), a.dtype)
        left, right = _as_it_lies(a), _as_it_lies(b)
        # Of few rows or columns NumPy's BLAS makes more.
        few = min(*a.shape, *b.shape) < LANES and out.size * a.shape[-1] > SMALL
        if left is None or right is None or few:
            launch(_matmul, a, b, out)
        else:
            launch(multiply_matrices, left.lies, right.lies, left.turned, right.turned, out)
        return out

    def gradient_a(self, grad: Tensor, b: Tensor) -> Tensor:
        return matmul(grad, transposed(b))

    def gradient_b(self, grad: Tensor, a: Tensor) -> Tensor:
        return matmul(transposed(a), grad)


class Addmm(Primitive):
    """beta · addend + alpha · a @ b, for matrices; what is taken 0 times may be anything."""

    backward_name = "Addmm"

    def compute(self, addend: Array, a: Array, b: Array, beta: Number, alpha: Number) -> Array:
        out = empty((a.shape[0], b.shape[1]), a.dtype)
        launch(_add_product, addend, a, b, beta, alpha, out)
        return out

    def gradient_addend(self, grad: Tensor, beta: Number) -> Tensor:
        return _times(grad, beta)

    def gradient_a(self, grad: Tensor, b: Tensor, alpha: Number) -> Tensor:
        return _times(matmul(grad, transposed(b)), alpha)

    def gradient_b(self, grad: Tensor, a: Tensor, alpha: Number) -> Tensor:
        return _times(matmul(transposed(a), grad), alpha)


class _Matrix(NamedTuple):
    """A matrix or, if it is turned, a transposed one, whose rows lie one after another."""

    lies: Array
    turned: float


def _as_it_lies(x: Array) -> _Matrix | None:
    """How kernels can read a matrix; None if they cannot."""
    if x.ndim != 2 or x.dtype.kind != "f" or not x.size:
        return None
    turned = not x.flags.carray
    found = x.T if turned else x
    return _Matrix(found, float(turned)) if found.flags.carray else None


def _times(x: Tensor, alpha: Number) -> Tensor:
    return x if alpha == 1 else x * alpha


def _add_product(
    addend: Array, a: Array, b: Array, beta: Number, alpha: Number, out: Array
) -> None:
    with np.errstate(all="ignore"):
        if alpha == 0:
            out.fill(0)  # whatever the matrices have
        else:
            np.matmul(a, b, out=out)
        if alpha not in (0, 1):
            out *= alpha
        if beta != 0:
            out += addend if beta == 1 else addend * beta


def transposed(x: Tensor) -> Tensor:
    """Each matrix transposed: a view."""
    axes = tuple(range(x.array.ndim))
    named = "TransposeBackward0" if len(axes) > 2 else "TBackward0"
    return views.permute(x, named=named, dims=(*axes[:-2], axes[-1], axes[-2]))


matmul, addmm = Matmul(), Addmm()
