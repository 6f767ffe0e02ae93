"""Does a fused operation's kernel agree with its definition, in results and gradients?

The definition runs in float64 on the same values: it is the truth. What the kernel may be off by
is told in units of its dtype's rounding, of the result and, where terms cancel, of the
magnitude of what was added up.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from .. import autograd
from ..fused import Fused
from ..tensor import Array, Tensor, tensor_of
from .closeness import assert_close

EPS = float(np.finfo(np.float64).eps)


def results(
    function: Any, tensors: Sequence[Tensor | None], attributes: Sequence[Any], cotangent: Tensor
) -> list[Array | None]:
    """The first output and the gradients of all tensors that want one."""
    out = function(*tensors, *attributes)
    out = out[0] if isinstance(out, tuple) else out
    wanted = [each for each in tensors if each is not None and each.requires_grad]
    found = iter(autograd.grad(out, wanted, cotangent.reshape(out.shape), allow_unused=True))
    gradients = [
        next(found) if each is not None and each.requires_grad else None for each in tensors
    ]
    return [out.array, *[None if each is None else each.array for each in gradients]]


def widened(tensor: Tensor) -> Tensor:
    """The same values in float64, as a leaf of its own; integers stay as they are."""
    if tensor.array.dtype.kind != "f":
        return tensor
    return tensor_of(
        tensor.array.astype(np.float64, order="C"), requires_grad=tensor.requires_grad
    )


def assert_agreement(
    operation: Fused,
    tensors: Sequence[Tensor | None],
    attributes: Sequence[Any],
    cotangent: Tensor,
    *,
    units: float = 4.0,
    magnitudes: Mapping[str, Any] | None = None,
    lost: Mapping[str, Any] | None = None,
) -> None:
    """Compare the kernel's output and gradients with the definition's in float64.

    Parameters
    ----------
    operation : what `Fused(...)` gave
    tensors, attributes : its arguments; at least one tensor requires a gradient
    cotangent : of the output's size
    units : how many roundings of the tensors' dtype are allowed
    magnitudes : for "out" and for tensors' names, what was added up to give the result or
        gradient, where that is more than the result itself
    lost : the same for what cancels in float64, in the definition or in the kernel
    """
    names = ["out", *inspect.signature(operation.definition).parameters][: len(tensors) + 1]
    actual = results(operation, tensors, attributes, cotangent)
    wide = [None if each is None else widened(each) for each in tensors]
    expected = results(operation.definition, wide, attributes, widened(cotangent))
    for name, mine, truth in zip(names, actual, expected, strict=True):
        if mine is None:
            continue
        assert_close(
            mine,
            np.zeros(mine.shape) if truth is None else truth,
            ulp=units,
            magnitude=(magnitudes or {}).get(name, 0.0),
            atol=units * EPS * np.asarray((lost or {}).get(name, 0.0)),
            equal_nan=True,
            check_dtype=False,
            msg=partial(_of_kernel_and_definition, f"{operation}: {name}"),
        )


def _of_kernel_and_definition(what: str, text: str) -> str:
    return f"{what} by the kernel is not what the definition gives: {text}"
