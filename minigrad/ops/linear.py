"""Linear: x · weightᵀ + bias, the affine map of a layer.

Small products run in plain loops, where calling BLAS would cost more than the sums; large ones
in BLAS, which orders its sums as it likes. Which of the two depends on the shapes alone.
"""

from __future__ import annotations

import numpy as np

from ..fused import Fused
from ..kernels.kernel import Array, Matrix, Vector, kernel
from ..launch import empty, launch
from ..matrices.features import fit, on_rows
from ..tensor import Tensor

# Multiplications up to which loops are ahead of BLAS. Measured on an AMD Zen 4, a whole launch:
# 32×8·8×4 takes 0.6 µs in loops and 0.8 µs in BLAS forward, 32×16·16×8 1.2 µs and 0.9 µs.
SMALL = 1024


def definition(x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    out = x @ weight.T
    return out if bias is None else out + bias


@kernel(writes=("out",), fastmath={"nsz", "contract", "reassoc"})
def forward(x: Matrix, weight: Matrix, bias: Vector, out: Matrix) -> None:
    if x.shape[0] * weight.size > SMALL:
        np.dot(x, weight.T, out)
        if bias.size:
            for n in range(out.shape[0]):
                for m in range(out.shape[1]):
                    out[n, m] += bias[m]
        return
    for n in range(x.shape[0]):
        for m in range(weight.shape[0]):
            total = bias[m] if bias.size else x.dtype.type(0)
            for k in range(x.shape[1]):
                total += x[n, k] * weight[m, k]
            out[n, m] = total


@kernel(writes=("grad_x",), fastmath={"nsz", "contract"})
def backward_x(grad: Matrix, weight: Matrix, grad_x: Matrix) -> None:
    if grad.shape[0] * weight.size > SMALL:
        np.dot(grad, weight, grad_x)
        return
    grad_x[:, :] = 0
    for n in range(grad.shape[0]):
        for m in range(grad.shape[1]):
            for k in range(weight.shape[1]):
                grad_x[n, k] += grad[n, m] * weight[m, k]


@kernel(writes=("grad_weight", "grad_bias"), fastmath={"nsz", "contract"})
def backward_weight(grad: Matrix, x: Matrix, grad_weight: Matrix, grad_bias: Vector) -> None:
    grad_bias[:] = 0  # empty if there is none
    for n in range(grad.shape[0]):
        for m in range(grad_bias.size):
            grad_bias[m] += grad[n, m]
    if x.shape[0] * grad_weight.size > SMALL:
        np.dot(grad.T, x, grad_weight)
        return
    grad_weight[:, :] = 0
    for n in range(grad.shape[0]):
        for m in range(grad.shape[1]):
            for k in range(x.shape[1]):
                grad_weight[m, k] += grad[n, m] * x[n, k]


def compute(x: Array, weight: Array, bias: Array | None) -> tuple[Array, tuple[Array, ...]]:
    out = empty((x.shape[0], weight.shape[0]), x.dtype)
    launch(forward, x, weight, empty((0,), x.dtype) if bias is None else bias, out)
    return out, ()


def gradient(needs: list[bool], grad: Array, saved: list[Array]) -> tuple[Array | None, ...]:
    x, weight = saved
    grad_x = grad_weight = grad_bias = None
    if needs[0]:
        grad_x = empty(x.shape, x.dtype)
        launch(backward_x, grad, weight, grad_x)
    if needs[1] or needs[2]:
        grad_weight = empty(weight.shape, x.dtype)
        grad_bias = empty(weight.shape[:1] if needs[2] else (0,), x.dtype)
        launch(backward_weight, grad, x, grad_weight, grad_bias)
    return grad_x, grad_weight if needs[1] else None, grad_bias if needs[2] else None


OPERANDS = ["x", "weight", "bias"]
fused = Fused("Addmm", definition, compute, gradient, OPERANDS, saves=["x", "weight"])


def linear(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """The affine map x · weightᵀ + bias.

    Parameters
    ----------
    x : Tensor (..., in_features)
    weight : Tensor (out_features, in_features), or (in_features,) for one output
    bias : Tensor (out_features,) or None

    >>> import minigrad as torch
    >>> torch.nn.functional.linear(torch.ones(1, 2), torch.tensor([[1.0, 2.0]]), torch.ones(1))
    tensor([[4.]])
    """
    if fit(x, weight, bias):
        return fused(x, weight, bias)
    return on_rows(fused if x.array.dtype.kind == "f" else definition, x, weight, bias)
