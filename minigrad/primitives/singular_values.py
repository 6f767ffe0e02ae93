"""Sums of singular values, and what their derivatives are made of: any number of matrices at once.

With the singular values S of A = U·S·Vᵀ the sum of S has the gradient P = U·Vᵀ, the orthogonal
factor of A = P·H, whose other one, H = V·S·Vᵀ, is symmetric (Higham, Functions of Matrices, 2008,
chapter 8). Of A with at least as many rows as columns, dP = P·X + (dA − P·Pᵀ·dA)·H⁻¹, where

    H·X + X·H = Pᵀ·dA − dAᵀ·P,

a Lyapunov equation. That linear map of dA is its own adjoint, since it is a second derivative. Two
singular values may be equal. If one is 0 there are many P; which of them is LAPACK's choice.
"""

from __future__ import annotations

import numpy as np

from ..launch import empty, launch
from ..tensor import Array, Tensor, tensor_of
from . import views
from .primitive import Primitive
from .products import matmul, transposed

NO_CONVERGENCE = (
    "linalg.svd: The algorithm failed to converge because the input matrix contained non-finite "
    "values."
)


class NuclearNorm(Primitive):
    """The sum of the singular values of each matrix x: (..., n, m)."""

    backward_name = "Sum"

    def compute(self, x: Array) -> Array:
        out = empty(x.shape[:-2], x.dtype)
        launch(_sum_of_singular_values, x, out)
        return out

    def gradient_x(self, grad: Tensor, x: Tensor) -> Tensor:
        return views.reshape(grad, shape=(*grad.array.shape, 1, 1)) * orthogonal_factor(x)


class OrthogonalFactor(Primitive):
    """P of A = P·H for each A in x: (..., n, m), where P has orthonormal rows or columns."""

    backward_name = "LinalgSvd"

    def compute(self, x: Array) -> Array:
        out = empty(x.shape, x.dtype)
        launch(_orthogonal_factor, x, out)
        return out

    def gradient_x(self, grad: Tensor, x: Tensor, out: Tensor) -> Tensor:
        rows, columns = x.array.shape[-2:]
        if rows < columns:
            turned = [transposed(each) for each in (grad, x, out)]
            return transposed(_change_of_orthogonal_factor(*turned))
        return _change_of_orthogonal_factor(grad, x, out)


class Lyapunov(Primitive):
    """X of H·X + X·H = C, for each symmetric h: (..., m, m), of which the lower half counts."""

    backward_name = "Lyapunov"

    def compute(self, h: Array, c: Array) -> Array:
        out = empty(c.shape, c.dtype)
        launch(_solve_lyapunov, h, c, out)
        return out

    def gradient_h(self, grad: Tensor, h: Tensor, out: Tensor) -> Tensor:
        change, turned = lyapunov(h, grad), transposed(out)
        return -(matmul(change, turned) + matmul(turned, change))

    def gradient_c(self, grad: Tensor, h: Tensor) -> Tensor:
        return lyapunov(h, grad)


def _change_of_orthogonal_factor(change: Tensor, x: Tensor, factor: Tensor) -> Tensor:
    """dP, where x changes so and has at least as many rows as columns."""
    turned = transposed(factor)
    h, inside = matmul(turned, x), matmul(turned, change)
    found = matmul(factor, lyapunov(h, inside - transposed(inside)))
    rows, columns = x.array.shape[-2:]
    if rows == columns:
        return found  # P·Pᵀ = 1
    one = empty(h.array.shape, h.array.dtype)
    launch(_identity, one)
    inverse = 2 * lyapunov(h, tensor_of(one))
    return found + matmul(change - matmul(factor, inside), inverse)


def _identity(out: Array) -> None:
    out[...] = np.eye(out.shape[-1])


def _sum_of_singular_values(x: Array, out: Array) -> None:
    try:
        values = np.linalg.svd(x.astype(np.float64), compute_uv=False)
    except np.linalg.LinAlgError:
        raise RuntimeError(NO_CONVERGENCE) from None
    with np.errstate(all="ignore"):
        out[...] = values.sum(axis=-1)


def _orthogonal_factor(x: Array, out: Array) -> None:
    with np.errstate(all="ignore"):
        left, _, right = np.linalg.svd(x.astype(np.float64), full_matrices=False)
        out[...] = np.matmul(left, right)


def _solve_lyapunov(h: Array, c: Array, out: Array) -> None:
    """In a basis of eigenvectors of H each element is divided by a sum of two eigenvalues."""
    with np.errstate(all="ignore"):
        values, basis = np.linalg.eigh(h.astype(np.float64))
        turned = np.swapaxes(basis, -1, -2)
        found = turned @ c @ basis / (values[..., :, None] + values[..., None, :])
        out[...] = basis @ found @ turned


nuclear_norm, orthogonal_factor, lyapunov = NuclearNorm(), OrthogonalFactor(), Lyapunov()
