"""Does a fused operation's kernel agree with its definition, in results and gradients?

The definition runs in float64 on the same values: it is the truth. What the kernel may be off by
is told in units of its dtype's rounding, of the result and, where terms cancel, of the
magnitude of what was added up.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .. import autograd
from ..fused import Fused
from ..tensor import Array, Tensor

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
    return Tensor(tensor.array.astype(np.float64, order="C"), tensor.requires_grad)


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
        truth = np.zeros(mine.shape) if truth is None else truth
        with np.errstate(all="ignore"):
            rounded = truth.astype(mine.dtype)
        if mine.shape != truth.shape:
            raise AssertionError(f"{operation}: {name} has shape {mine.shape}, not {truth.shape}")
        limits = np.finfo(mine.dtype)
        magnitude = np.abs(truth) + (magnitudes or {}).get(name, 0.0)
        with np.errstate(all="ignore"):
            allowed = units * (limits.eps * magnitude + limits.smallest_subnormal)
            allowed = allowed + units * EPS * (lost or {}).get(name, 0.0)
            fits = np.abs(mine - truth) <= allowed
        same = (mine == rounded) | (np.isnan(mine) & np.isnan(rounded))
        if not np.all(fits | same):
            at = tuple(np.argwhere(~(fits | same))[0].tolist())
            raise AssertionError(
                f"{operation}: {name} at {at} is {mine[at]!r} by the kernel, {truth[at]!r} by "
                f"the definition; allowed is a difference of {allowed[at]:.1e}"
            )
