"""Linear: x · weightᵀ + bias, the affine map of a layer.

Small products are taken in registers (`kernels/products.py`), large ones in blocks or in BLAS
(`kernels/large_products.py`), which orders its sums as it likes. Which of the three depends on the
shapes and the processor alone.
"""

from __future__ import annotations

from ..broadcast import sum_to_shape
from ..fused import Fused
from ..kernels.kernel import Array, Matrix, Vector, kernel
from ..kernels.lanes import SCRATCH, scratch
from ..kernels.large_products import gradient_products, is_in_blocks, product
from ..kernels.linear_halves import BACKWARD, FORWARD, SMALL, SMALL_WEIGHT
from ..kernels.products import column_sums, multiply, small_gradient_products
from ..kernels.reshaping import with_shape
from ..launch import empty, launch
from ..matrices.features import fit, on_rows
from ..tensor import Tensor


def definition(x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    out = x @ weight.T
    return out if bias is None else out + bias


@kernel(
    writes=("out",),
    flops=lambda x, weight, out: out.size * (2 * x.shape[1] + (weight.size > SMALL_WEIGHT)),
    by_rows=FORWARD,
)
def forward(x: Matrix, weight: Matrix, bias: Vector, out: Matrix) -> int:
    N, K = x.shape
    M = weight.shape[0]
    in_blocks = is_in_blocks(N, M, K, True, x.itemsize)
    if weight.size > (SMALL_WEIGHT if in_blocks else SCRATCH):
        return product(x, False, weight, True, bias, out)
    transposed = scratch(weight)[: weight.size]
    for k in range(K):
        for m in range(M):
            transposed[k * M + m] = weight[m, k]
    if weight.size > SMALL_WEIGHT:
        return product(x, False, with_shape(transposed, (K, M)), False, bias, out)
    multiply(x, K, 1, N, K, transposed, M, bias, out)
    return 0


@kernel(
    writes=("grad_x", "grad_weight", "grad_bias"),
    flops=lambda grad, x, weight, grad_x, grad_weight, grad_bias: (
        2 * grad.size * x.shape[1] * ((grad_x.size > 0) + (grad_weight.size > 0))
        + (grad.size + grad_bias.size) * (grad_bias.size > 0)
    ),
    by_rows=BACKWARD,
)
def backward(
    grad: Matrix, x: Matrix, weight: Matrix, grad_x: Matrix, grad_weight: Matrix, grad_bias: Vector
) -> int:
    """The gradients that are wanted; the others are empty."""
    if grad.shape[0] * weight.size > SMALL:
        status = gradient_products(grad, x, weight, grad_x, grad_weight)
        if status:
            return status
    else:
        small_gradient_products(grad, x, weight, grad_x, grad_weight)
    column_sums(grad, grad_bias)
    return 0


def compute(x: Array, weight: Array, bias: Array | None) -> tuple[Array, tuple[Array, ...]]:
    out = empty((x.shape[0], weight.shape[0]), x.dtype)
    launch(forward, x, weight, empty((0,), x.dtype) if bias is None else bias, out)
    return out, ()


def gradient(needs: list[bool], grad: Array, saved: list[Array]) -> tuple[Array | None, ...]:
    x, weight = saved
    M, K = weight.shape
    grad_x = empty(x.shape if needs[0] else (0, K), x.dtype)
    grad_weight = empty((M if needs[1] else 0, K), x.dtype)
    grad_bias = empty((M if needs[2] else 0,), x.dtype)
    launch(backward, grad, x, weight, grad_x, grad_weight, grad_bias)
    found = grad_x if needs[0] else None, grad_weight if needs[1] else None
    return *found, grad_bias if needs[2] else None


def gradient_on_operands(
    needs: list[bool], grad: Tensor, x: Tensor, weight: Tensor, bias: Tensor | None
) -> tuple[Tensor | None, ...]:
    of_weight = (x.T @ grad).T if needs[1] else None
    of_bias = sum_to_shape(grad, weight.array.shape[:1]) if needs[2] else None
    return grad @ weight if needs[0] else None, of_weight, of_bias


OPERANDS = ["x", "weight", "bias"]
SAVES = {"x": "weight", "weight": "x"}  # each for the gradient of the other
TURNS, VIEWED = ["bias", "x", "weight"], ["weight"]  # its transpose is a node in PyTorch
NAMED = {"bias": "Mm"}
fused = Fused("Addmm", definition, compute, gradient, OPERANDS, SAVES, again=(), turns=TURNS,
              viewed=VIEWED, without=NAMED, gradient_on_operands=gradient_on_operands)  # fmt: skip


def linear(x: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """The affine map x · weightᵀ + bias.

    Parameters
    ----------
    x : Tensor (..., in_features)
    weight : Tensor (out_features, in_features), or (in_features,) for one output
    bias : Tensor (out_features,) or None

    >>> import minigrad as torch
    >>> linear(torch.ones(1, 2), torch.tensor([[1.0, 2.0]]), torch.ones(1))
    tensor([[4.]])
    """
    if fit(x, weight, bias):
        return fused(x, weight, bias)
    return on_rows(fused if x.array.dtype.kind == "f" else definition, x, weight, bias)
