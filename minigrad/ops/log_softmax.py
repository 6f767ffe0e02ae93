"""Log-softmax: x - log(sum of exp(x)) along a dimension, the logarithm of softmax.

In one go, since softmax gives 0 where its logarithm is still -104 and has all its digits. A line
with NaN or +infinity in it, or with nothing but -infinity, is NaN.
"""

from __future__ import annotations

from ..functions.dimensions import axis_of
from ..fused import Fused
from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array, kernel
from ..kernels.lanes import scratch
from ..kernels.sharing import share
from ..kernels.wide import log1p
from ..launch import empty, launch
from ..matrices import lines
from ..matrices.lines import BLOCK, Lines, lines_along, read, together
from ..matrices.results_of_lines import take_off, take_off_shares
from ..tensor import Tensor


def definition(x: Tensor, dim: int) -> Tensor:
    shifted = x - lines.largest_along(x, dim)
    return shifted - shifted.exp().sum(dim, keepdim=True).log()


@exactly  # type: ignore[untyped-decorator]
def forward_of_lines(first: int, last: int, x: Array, out: Array) -> int:
    memory, powers, norms = scratch(x), scratch(x), scratch(1.0)
    for i in range(first, last, together(x)):
        count = min(together(x), last - i)
        largest, sums = lines.exponentials(x, i, count, memory, norms, powers)
        for j in range(count):
            sums[j] = log1p(sums[j], x.dtype.type(0))
        for begin in range(0, x.shape[1], BLOCK):
            numbers = read(x, i, count, begin, memory)
            block = lines.place(out, i, count, begin, memory)
            take_off(numbers, largest, sums, block)
            lines.write(block, out, i, count, begin)
    return 0


@kernel(writes=("out",), shares="x", flops=lambda x: lines.flops(x, 28, 32, 24))
def forward(x: Lines, out: Lines) -> int:
    return share(forward_of_lines, lines.number_of(x), x.size, (x, out))


@exactly  # type: ignore[untyped-decorator]
def backward_of_lines(first: int, last: int, grad: Array, out: Array, grad_x: Array) -> int:
    memory, norms = scratch(out), scratch(1.0)
    for i in range(first, last, together(out)):
        count = min(together(out), last - i)
        totals = norms[:count]
        totals[:] = 0
        for begin in range(0, out.shape[1], BLOCK):
            lines.add_lines(read(grad, i, count, begin, memory), totals)
        for begin in range(0, out.shape[1], BLOCK):
            logs = read(out, i, count, begin, memory)
            shares = memory[BLOCK:][: logs.size]
            for k in range(logs.size):
                shares[k] = lines.power(logs[k], 0.0, logs[k])
            slopes = read(grad, i, count, begin, memory)
            block = lines.place(grad_x, i, count, begin, memory)
            take_off_shares(slopes, shares, totals, block)
            lines.write(block, grad_x, i, count, begin)
    return 0


@kernel(writes=("grad_x",), shares="out", flops=lambda out: lines.flops(out, 30, 8, 8))
def backward(grad: Lines, out: Lines, grad_x: Lines) -> int:
    return share(backward_of_lines, lines.number_of(out), out.size, (grad, out, grad_x))


def compute(x: Array, dim: int) -> tuple[Array, tuple[Array, ...]]:
    out = empty(x.shape, x.dtype)
    launch(forward, lines_along(x, dim), lines_along(out, dim))
    return out, ()


def gradient(needs: list[bool], grad: Array, saved: list[Array], dim: int) -> tuple[Array]:
    (out,) = saved
    grad_x = empty(out.shape, out.dtype)
    launch(backward, *[lines_along(each, dim) for each in (grad, out, grad_x)])
    return (grad_x,)


def gradient_on_tensors(grad: Tensor, out: Tensor, dim: int) -> Tensor:
    return grad - out.exp() * grad.sum(dim, keepdim=True)


fused = Fused("LogSoftmax", definition, compute, gradient, tensors=["x"], saves=["out"],
              gradient_on_tensors=gradient_on_tensors)  # fmt: skip


def log_softmax(x: Tensor, dim: int) -> Tensor:
    """Logarithms of probabilities from scores, along a dimension.

    Parameters
    ----------
    x : Tensor of any shape, float32 or float64
    dim : along which the probabilities add up to 1

    >>> import minigrad as torch
    >>> log_softmax(torch.tensor([[0.0, 0.0], [0.0, 1.0]]), dim=1)
    tensor([[-0.6931, -0.6931],
            [-1.3133, -0.3133]])
    """
    axis = axis_of(x, dim)
    lines.require_floating_lines(x, axis, "log_softmax")
    return fused(x, axis)
