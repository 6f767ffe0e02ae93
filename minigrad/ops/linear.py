"""Linear: x · weightᵀ + bias, the affine map of a layer.

Small products run in plain loops, where calling BLAS would cost more than the sums; large ones
in BLAS, which orders its sums as it likes. Which of the two depends on the shapes alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numba import njit

from .. import operations
from ..fused import Fused
from ..kernel import Array, Matrix, Vector, kernel
from ..launch import empty, launch
from ..tensor import Tensor

# Multiplications up to which loops are ahead of BLAS. Measured on an AMD Zen 4, a whole launch:
# 32×8·8×4 takes 0.6 µs in loops and 0.8 µs in BLAS forward, 32×16·16×8 1.2 µs and 0.9 µs.
SMALL = 1024


def definition(x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    out = operations.matmul(x, weight.T)
    return out if bias is None else out + bias


@kernel(writes=("out",), fastmath={"nsz", "contract", "reassoc"})
def forward(x: Matrix, weight: Matrix, bias: Vector, out: Matrix) -> None:
    for n in range(x.shape[0]):
        for m in range(weight.shape[0]):
            total = bias[m] if bias.size else x.dtype.type(0)
            for k in range(x.shape[1]):
                total += x[n, k] * weight[m, k]
            out[n, m] = total


@kernel(writes=("out",))
def forward_blas(x: Matrix, weight: Matrix, bias: Vector, out: Matrix) -> None:
    np.dot(x, weight.T, out)
    if bias.size:
        for n in range(out.shape[0]):
            for m in range(out.shape[1]):
                out[n, m] += bias[m]


@kernel(writes=("grad_x",), fastmath={"nsz", "contract"})
def backward_x(grad: Matrix, weight: Matrix, grad_x: Matrix) -> None:
    for n in range(grad.shape[0]):
        grad_x[n, :] = 0
        for m in range(grad.shape[1]):
            for k in range(weight.shape[1]):
                grad_x[n, k] += grad[n, m] * weight[m, k]


@kernel(writes=("grad_x",))
def backward_x_blas(grad: Matrix, weight: Matrix, grad_x: Matrix) -> None:
    np.dot(grad, weight, grad_x)


@njit  # type: ignore[untyped-decorator]
def sum_rows(grad: Array, out: Array) -> None:
    out[:] = 0
    for n in range(grad.shape[0]):
        for m in range(out.size):
            out[m] += grad[n, m]


@kernel(writes=("grad_weight", "grad_bias"), fastmath={"nsz", "contract"})
def backward_weight(grad: Matrix, x: Matrix, grad_weight: Matrix, grad_bias: Vector) -> None:
    grad_weight[:, :] = 0
    for n in range(grad.shape[0]):
        for m in range(grad.shape[1]):
            for k in range(x.shape[1]):
                grad_weight[m, k] += grad[n, m] * x[n, k]
    sum_rows(grad, grad_bias)


@kernel(writes=("grad_weight", "grad_bias"))
def backward_weight_blas(grad: Matrix, x: Matrix, grad_weight: Matrix, grad_bias: Vector) -> None:
    np.dot(grad.T, x, grad_weight)
    sum_rows(grad, grad_bias)


def compute(x: Array, weight: Array, bias: Array | None) -> tuple[Array, tuple[Array, ...]]:
    out = empty((x.shape[0], weight.shape[0]), x.dtype)
    small = x.shape[0] * weight.size <= SMALL
    absent = empty((0,), x.dtype) if bias is None else bias
    launch(forward if small else forward_blas, x, weight, absent, out)
    return out, ()


def gradient(
    needs: Sequence[bool], grad: Array, saved: Sequence[Array]
) -> tuple[Array | None, Array | None, Array | None]:
    x, weight = saved
    small = x.shape[0] * weight.size <= SMALL
    grad_x = grad_weight = grad_bias = None
    if needs[0]:
        grad_x = empty(x.shape, x.dtype)
        launch(backward_x if small else backward_x_blas, grad, weight, grad_x)
    if needs[1] or needs[2]:
        grad_weight = empty(weight.shape, x.dtype)
        grad_bias = empty(weight.shape[:1] if needs[2] else (0,), x.dtype)
        launch(backward_weight if small else backward_weight_blas, grad, x, grad_weight, grad_bias)
    return grad_x, grad_weight if needs[1] else None, grad_bias if needs[2] else None


fused = Fused(
    "Addmm",
    definition,
    compute,
    gradient,
    tensors=["x", "weight", "bias"],
    saves=["x", "weight"],
)


def linear(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """The affine map x · weightᵀ + bias.

    Parameters
    ----------
    x : Tensor (..., in_features)
    weight : Tensor (out_features, in_features)
    bias : Tensor (out_features,) or None

    >>> import minigrad as torch
    >>> torch.nn.functional.linear(torch.ones(1, 2), torch.tensor([[1.0, 2.0]]), torch.ones(1))
    tensor([[4.]])
    """
    if weight.array.ndim == 1:  # one output, without a dimension for it
        out = linear(x, weight.unsqueeze(0)).squeeze(-1)
        return out if bias is None else out + bias
    shape = x.array.shape
    if len(shape) == 2 and len(weight.array.shape) == 2 and shape[1] == weight.array.shape[1]:
        rows = x
    else:
        rows = _as_rows(x, weight)
    if x.array.dtype != weight.array.dtype:
        names = x.dtype.scalar_type, weight.dtype.scalar_type
        raise RuntimeError(
            f"mat1 and mat2 must have the same dtype, but got {names[0]} and {names[1]}"
        )
    if bias is not None and bias.array.dtype != x.array.dtype:
        names = bias.dtype.scalar_type, x.dtype.scalar_type
        raise RuntimeError(
            f"self and mat2 must have the same dtype, but got {names[0]} and {names[1]}"
        )
    if bias is not None and bias.array.shape != weight.array.shape[:1]:
        raise RuntimeError(
            f"linear: bias must have shape [{weight.array.shape[0]}], one element for each row "
            f"of weight, got {list(bias.shape)}"
        )
    out = fused(rows, weight, bias)
    return out if len(shape) == 2 else out.reshape(*shape[:-1], weight.array.shape[0])


def _as_rows(x: Tensor, weight: Tensor) -> Tensor:
    """x as a matrix with one row for each vector, or PyTorch's error."""
    if x.array.ndim == 0 or weight.array.ndim == 0:
        raise RuntimeError(
            "both arguments to linear need to be at least 1D, but they are "
            f"{x.array.ndim}D and {weight.array.ndim}D"
        )
    features = weight.array.shape[-1]
    if x.array.shape[-1] != features:
        rows = x.numel() // max(x.array.shape[-1], 1)
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({rows}x{x.array.shape[-1]} and "
            f"{features}x{weight.array.shape[0]})"
        )
    return x.reshape(math.prod(x.array.shape[:-1]), features)
