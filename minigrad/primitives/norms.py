"""Norms of vectors, (Σ |x|ᵖ)^(1/p), over some axes.

p may also be 0, which counts what is not 0 and has no gradient, and plus or minus infinity, for
the largest and the smallest magnitude. Where a norm is 0 its gradient is 0.
"""

from __future__ import annotations

import math

import numpy as np

from ..launch import empty, launch
from ..tensor import Array, Tensor, tensor_of
from .axes import Shape, kept, reduced
from .primitive import Primitive
from .selection import zero_where_zero


class Norm(Primitive):
    """The p-norm, added up in float64."""

    backward_name = "LinalgVectorNorm"

    def compute(self, x: Array, p: float, axes: Shape, keepdim: bool) -> Array:
        out = empty(reduced(x.shape, axes, keepdim), x.dtype)
        launch(_norm, x, p, axes, out)
        return out

    def gradient_x(
        self, grad: Tensor, x: Tensor, out: Tensor, p: float, axes: Shape
    ) -> Tensor | None:
        if p == 0:
            return None
        grad = kept(grad, x.array.shape, axes)
        norm = kept(out, x.array.shape, axes)
        if p == 1:
            return x.sign() * grad
        if math.isinf(p):
            return x.sign() * grad * tensor_of(_shares(x.array, norm.array, axes))
        if p == 2:
            return grad * zero_where_zero(x / norm, norm.array)
        if p < 1:
            return zero_where_zero(x.sign() * x.abs() ** (p - 1), x.array) * grad * norm ** (1 - p)
        slope = x.sign() * x.abs() ** (p - 1) if p < 2 else x * x.abs() ** (p - 2)
        return slope * zero_where_zero(grad / norm ** (p - 1), norm.array)


def _shares(x: Array, norm: Array, axes: Shape) -> Array:
    out = empty(x.shape, x.dtype)
    launch(_share, x, norm, axes, out)
    return out


def _share(x: Array, norm: Array, axes: Shape, out: Array) -> None:
    """1 over how many have the magnitude that is the norm, for those; 0 for others."""
    equal = (np.abs(x) == norm) | (np.isnan(x) & np.isnan(norm))
    with np.errstate(all="ignore"):
        np.divide(equal, equal.sum(axis=axes, keepdims=True), out, casting="same_kind")


def _norm(x: Array, p: float, axes: Shape, out: Array) -> None:
    with np.errstate(all="ignore"):
        if p == 2 and x.dtype == np.float32:  # whose squares all are numbers of float64
            total = np.square(x, dtype=np.float64).sum(axis=axes)
            out[...] = np.sqrt(total).reshape(out.shape)
            return
        out[...] = _wide_norm(np.abs(x.astype(np.float64)), p, axes).reshape(out.shape)


def _wide_norm(magnitudes: Array, p: float, axes: Shape) -> Array:
    if p == math.inf:
        return np.asarray(magnitudes.max(axis=axes))
    if p == -math.inf:
        return np.asarray(magnitudes.min(axis=axes))
    if math.isnan(p) and all(magnitudes.shape[axis] == 1 for axis in axes):
        return magnitudes  # as in PyTorch, where single numbers have this norm of any order
    if p == 0:
        return np.asarray((magnitudes != 0).sum(axis=axes))
    # Powers of very large and small numbers leave float64, so magnitudes are divided first: by a
    # power of two near the largest, which rounds nothing, or for large p, where powers of numbers
    # below 2 are too large as well, by the largest itself. For negative p the small ones count:
    # then all stay as they are.
    largest = magnitudes.max(axis=axes, keepdims=True, initial=0)
    scales = (p > 0) & (largest > 0) & np.isfinite(largest)
    unit = largest if p > 100 else np.ldexp(1.0, np.frexp(largest)[1] - 1)
    unit = np.where(scales, unit, 1.0)
    scaled = magnitudes / unit
    total = np.square(scaled) if p == 2 else np.power(scaled, p)
    total = total.sum(axis=axes, keepdims=True)
    root = np.sqrt(total) if p == 2 else np.power(total, 1 / p)
    return np.asarray(root * unit)


norm = Norm()
