"""Softmax: exp(x) divided by its sum along a dimension, so that each line adds up to 1.

Source: Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.
The largest element of a line is taken off before, which changes nothing but keeps exp finite. A
line with NaN or +infinity in it, or with nothing but -infinity, is NaN.
"""

from __future__ import annotations

from ..functions.dimensions import axis_of
from ..fused import Fused
from ..kernels.intrinsics import exactly
from ..kernels.kernel import Array, kernel
from ..kernels.lanes import scratch
from ..kernels.sharing import share
from ..launch import empty, launch
from ..matrices import lines
from ..matrices.lines import BLOCK, Lines, lines_along, read, together
from ..matrices.results_of_lines import scale_lines, weigh_from_means
from ..tensor import Tensor


def definition(x: Tensor, dim: int) -> Tensor:
    powers = (x - lines.largest_along(x, dim)).exp()
    return powers / powers.sum(dim, keepdim=True)


@exactly  # type: ignore[untyped-decorator]
def forward_of_lines(first: int, last: int, x: Array, out: Array) -> int:
    memory, powers, norms, n = scratch(x), scratch(x), scratch(1.0), x.shape[1]
    for i in range(first, last, together(x)):
        count = min(together(x), last - i)
        largest, sums = lines.exponentials(x, i, count, memory, norms, powers)
        for j in range(count):
            sums[j] = 1.0 / (1.0 + sums[j])
        for begin in range(0, n, BLOCK):
            if n > BLOCK:
                lines.powers_of(x, i, count, begin, largest, memory, powers)
            block = lines.place(out, i, count, begin, memory)
            scale_lines(powers[: block.size], sums, block)
            lines.write(block, out, i, count, begin)
    return 0


@kernel(writes=("out",), shares="x", flops=lambda x: lines.flops(x, 29, 11, 8))
def forward(x: Lines, out: Lines) -> int:
    return share(forward_of_lines, lines.number_of(x), x.size, (x, out))


@exactly  # type: ignore[untyped-decorator]
def backward_of_lines(first: int, last: int, grad: Array, out: Array, grad_x: Array) -> int:
    means_and_totals, copied, more, n = scratch(1.0), scratch(out), scratch(out), out.shape[1]
    for i in range(first, last, together(out)):
        count = min(together(out), last - i)
        # The mean of the gradients, weighted by what rounding has left of the probabilities.
        means, totals = means_and_totals[:count], means_and_totals[BLOCK:][:count]
        means[:], totals[:] = 0, 0
        for begin in range(0, n, BLOCK):
            slopes, weights = read(grad, i, count, begin, copied), read(out, i, count, begin, more)
            lines.add_weighted(slopes, weights, means, totals)
        for j in range(count):
            means[j] /= totals[j]
        for begin in range(0, n, BLOCK):
            slopes, weights = read(grad, i, count, begin, copied), read(out, i, count, begin, more)
            block = lines.place(grad_x, i, count, begin, copied)
            weigh_from_means(slopes, weights, means, block)
            lines.write(block, grad_x, i, count, begin)
    return 0


@kernel(writes=("grad_x",), shares="out", flops=lambda out: lines.flops(out, 2, 17, 24))
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
    return (grad - (grad * out).sum(dim, keepdim=True)) * out


fused = Fused("Softmax", definition, compute, gradient, tensors=["x"], saves=["out"],
              gradient_on_tensors=gradient_on_tensors)  # fmt: skip


def softmax(x: Tensor, dim: int) -> Tensor:
    """Probabilities from scores, along a dimension.

    Parameters
    ----------
    x : Tensor of any shape, float32 or float64
    dim : along which the probabilities add up to 1

    >>> import minigrad as torch
    >>> softmax(torch.tensor([[0.0, 0.0], [0.0, 1.0]]), dim=1)
    tensor([[0.5000, 0.5000],
            [0.2689, 0.7311]])
    """
    axis = axis_of(x, dim)
    lines.require_floating_lines(x, axis, "softmax")
    return fused(x, axis)
