"""The logarithm of a sum of exponentials, over some axes.

The largest element is subtracted first, so that nothing overflows, and all is done in float64:
close to 0, where the largest and the logarithm cancel, their roundings would be what is left.
"""

from __future__ import annotations

import numpy as np

from ..launch import empty, launch
from ..tensor import Array, Tensor
from .axes import Shape, kept, reduced
from .primitive import Primitive


class LogSumExp(Primitive):
    """log Σ exp(x) over some axes"""

    backward_name = "Logsumexp"

    def compute(self, x: Array, axes: Shape, keepdim: bool) -> Array:
        out = empty(reduced(x.shape, axes, keepdim), x.dtype)
        launch(_log_sum_exp, x, axes, out)
        return out

    def gradient_x(self, grad: Tensor, x: Tensor, out: Tensor, axes: Shape) -> Tensor:
        result = kept(out, x.array.shape, axes)
        return kept(grad, x.array.shape, axes) * (x - result).exp()


def _log_sum_exp(x: Array, axes: Shape, out: Array) -> None:
    with np.errstate(all="ignore"):
        largest = np.asarray(x.max(axis=axes, keepdims=True, initial=-np.inf))
        largest[~np.isfinite(largest)] = 0  # infinities must not be subtracted from themselves
        parts = np.asarray(np.subtract(x, largest, dtype=np.float64))
        total = np.exp(parts, out=parts).sum(axis=axes)
        out[...] = (np.log(total) + largest.reshape(total.shape)).reshape(out.shape)


log_sum_exp = LogSumExp()
