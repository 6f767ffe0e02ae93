"""How is a Linear done by halves of a batch? See `halves`; the whole of it is in `ops/linear.py`.

Only where products are done in blocks: then a row's bits do not depend on the other rows, and
terms are added in an order that is known. And only where they are small: of larger ones all
threads do parts, one product after the other. On two cores of an AMD EPYC with AVX2 a step of ten
layers of 96 at batch 128 takes 0.54 ms by halves and otherwise 0.76, of 128 wide ones 0.91 and
0.86.

The gradients of weight and bias are sums over rows, so each half has its own, and `add_halves`
adds the two.
"""

from __future__ import annotations

from .gemm import TERMS
from .halves import ByRows, half_of
from .kernel import Array, Matrix, Vector, VectorOfFloat64, kernel
from .large_products import TWO, is_in_blocks, product
from .products import sums_of_half
from .reshaping import with_shape

# Where registers are ahead of BLAS, measured on an Intel Xeon with AVX-512: forward up to so many
# weights, whatever the number of rows (32×9·9×16 takes 0.17 µs and in BLAS 0.33, 4096×16·16×8 14
# and 31); backward up to so many multiplications (32×16·16×9 takes 0.19 and 0.23).
SMALL_WEIGHT = 256
SMALL = 8192


def is_for_forward(x: Array, weight: Array) -> bool:
    (N, K), M = x.shape, weight.shape[0]
    in_blocks = [is_in_blocks.py_func(n, M, K, True, x.itemsize) for n in half_and_whole(N)]
    return SMALL_WEIGHT < weight.size and N * weight.size < TWO and all(in_blocks)


def is_for_backward(grad: Array, x: Array, grad_x: Array, grad_weight: Array) -> bool:
    (N, M), K = grad.shape, x.shape[1]
    counts = half, rest, _ = half_and_whole(N)
    if not SMALL < N * M * K < TWO or max(half, rest) > TERMS:
        return False
    for n in counts:
        if grad_x.size and not is_in_blocks.py_func(n, K, M, False, x.itemsize):
            return False
        if grad_weight.size and not is_in_blocks.py_func(M, K, n, False, x.itemsize):
            return False
    return True


def half_and_whole(rows: int) -> tuple[int, int, int]:
    half = half_of.py_func(rows)
    return half, rows - half, rows


@kernel(
    writes=("grad_x", "grad_weight", "grad_bias"),
    flops=lambda grad, x, grad_x, grad_weight, grad_bias: (
        2 * grad.size * x.shape[1] * ((grad_x.size > 0) + (grad_weight.size > 0))
        + grad.size * (grad_bias.size > 0)
    ),
)
def backward_of_half(
    grad: Matrix,
    x: Matrix,
    weight: Matrix,
    grad_x: Matrix,
    grad_weight: Matrix,
    grad_bias: VectorOfFloat64,
) -> int:
    """The gradients that are wanted of one half; the others are empty."""
    nothing = with_shape(grad, (grad.size,))[:0]
    status = product(grad, True, x, False, nothing, grad_weight)
    status |= product(grad, False, weight, False, nothing, grad_x)
    sums_of_half(grad, grad_bias)
    return status


@kernel(
    writes=("grad_weight", "grad_bias"),
    flops=lambda grad_weight, grad_bias: grad_weight.size + grad_bias.size,
)
def add_halves(
    first_weight: Matrix,
    first_bias: VectorOfFloat64,
    second_weight: Matrix,
    second_bias: VectorOfFloat64,
    grad_weight: Matrix,
    grad_bias: Vector,
) -> None:
    M, K = grad_weight.shape
    for m in range(M):
        for k in range(K):
            grad_weight[m, k] = first_weight[m, k] + second_weight[m, k]
    for m in range(grad_bias.size):
        grad_bias[m] = first_bias[m] + second_bias[m]


FORWARD = ByRows(("x", "out"), is_for_forward)
BACKWARD = ByRows(
    rows=("grad", "x", "grad_x"),
    is_for=is_for_backward,
    half=backward_of_half,
    totals=("grad_weight", "grad_bias"),
    joining=add_halves,
)
