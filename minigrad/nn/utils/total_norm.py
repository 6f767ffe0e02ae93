"""How long are several tensors together, as if they were one vector?

norm = (Σ |x|ᵖ)^(1/p)  of the norms of all tensors, each taken in the same way

Powers are added up in float64, and the norm is rounded once.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from minigrad.arrays import contiguous, full
from minigrad.dtypes import get_default_dtype
from minigrad.kernels.kernel import Flat, ScalarOfFloat64, VectorOfFloat64, kernel
from minigrad.launch import empty, launch, one_line
from minigrad.tensor import Array, Tensor, tensor_of

Tensors = Tensor | Iterable[Tensor]


def _flops(x: Array, order: float) -> int:
    if order == 0 or np.isinf(order):
        return 0
    return 2 * x.size + 1 if order == 2 else 21 * (x.size + 1)


@kernel(writes=("out",), flops=_flops)
def measure(x: Flat, order: ScalarOfFloat64, out: VectorOfFloat64) -> None:
    total = np.inf if order == -np.inf else 0.0
    for i in range(x.size):
        size = np.abs(np.float64(x[i]))
        if order == 2:
            total += size * size
        elif order == 0:
            total += size != 0
        elif np.isinf(order):
            further = size > total if order > 0 else size < total
            if further or np.isnan(size):
                total = size
        else:
            total += size**order
    if order == 2:
        out[0] = np.sqrt(total)
    elif order == 0 or np.isinf(order):
        out[0] = total
    else:
        out[0] = total ** (1 / order)


@kernel(writes=("out",), flops=0)
def round_once(out: Flat, value: VectorOfFloat64) -> None:
    out[0] = value[0]


def get_total_norm(
    tensors: Tensors,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Give the common norm of tensors; the arguments are those of `clip_grad_norm_`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.utils.get_total_norm([torch.tensor([3.0]), torch.tensor([[4.0]])])
    tensor(5.)
    """
    given = listed(tensors)
    order = float(norm_type)
    if given and given[0] is not None and any(each is None for each in given):
        raise RuntimeError(f"get_total_norm(): expected tensors, got None among {len(given)}")
    for each in given:
        _check_measurable(each, order)
    with one_line():
        norm = _total_norm([each.array for each in given], order)
        if error_if_nonfinite:
            launch(_expect_finite, order, norm)
    return tensor_of(norm)


def _total_norm(arrays: list[Array], order: float) -> Array:
    """The norm of the norms of arrays, in the widest of their dtypes."""
    if not arrays:
        return full((), get_default_dtype().numpy, 0.0)
    norms = empty((len(arrays),), np.float64)
    for position, array in enumerate(arrays):
        launch(measure, contiguous(array), order, norms[position : position + 1])
    total = empty((1,), np.float64)
    launch(measure, norms, order, total)
    out = empty((), np.result_type(*arrays))
    launch(round_once, out, total)
    return out


def listed(tensors: Tensors) -> list[Tensor]:
    """One tensor, or several, as a list."""
    return [tensors] if isinstance(tensors, Tensor) else list(tensors)


def _check_measurable(tensor: Tensor, order: float) -> None:
    if not tensor.is_floating_point():
        raise RuntimeError(
            "linalg.vector_norm: Expected a floating point or complex tensor as input. Got "
            f"{tensor.dtype.scalar_type}"
        )
    if tensor.numel() == 0 and (order < 0 or order == np.inf):
        raise RuntimeError(
            f"linalg.vector_norm cannot compute the {order:g} norm on an empty tensor because the "
            "operation does not have an identity"
        )


def _expect_finite(order: float, norm: Array) -> None:
    if not np.isfinite(norm):
        raise RuntimeError(
            f"The total norm of order {order} for gradients from `parameters` is non-finite, so "
            "it cannot be clipped. To disable this error and scale the gradients by the "
            "non-finite norm anyway, set `error_if_nonfinite=False`"
        )
