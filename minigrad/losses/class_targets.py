"""Which classes do targets name, and are they classes of the scores that they come with?

Scores are (N, C), one of (C,), or (N, C, d1, ...) with targets (N, d1, ...); operations work on
rows, (N, C) with targets (N,). A kernel that meets a target which is no class reports a status,
before it reads memory that is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from .. import dtypes
from ..functions.arguments import require_floating
from ..functions.comparison import where
from ..fused import Fused, FusedNode
from ..kernels.intrinsics import exactly, exactly_there
from ..kernels.kernel import Array, FlatOfInt64, VectorOfFloat64
from ..launch import empty, launch
from ..matrices.channels import as_rows
from ..primitives import views
from ..primitives.copies import convert
from ..primitives.primitive import PrimitiveNode
from ..tensor import Tensor, tensor_of
from .reduction import MEAN, NONE, total_of_losses

Targets: TypeAlias = FlatOfInt64
PerRow: TypeAlias = VectorOfFloat64

CLASSES = frozenset((np.dtype(np.int64), np.dtype(np.uint8)))

SMOOTHED = "AddBackward0"  # what PyTorch calls a loss with label smoothing, in any shape


def out_of_bounds(
    x: Array, target: Array, weight: Array, ignored: float, *rest: object
) -> IndexError:
    """The error for the first target that is no class; kernels have these operands first."""
    (wrong,) = np.nonzero((target != ignored) & ((target < 0) | (target >= x.shape[1])))
    return IndexError(f"Target {target[wrong[0]]} is out of bounds.")


OUT_OF_BOUNDS = {1: out_of_bounds}


@exactly  # type: ignore[untyped-decorator]
def weights_of(first: int, weights: Array, target: Array, weight: Array, ignored: float) -> int:
    """Write, in a kernel, the weights of classes that are targets; of an ignored one it is 0."""
    for j in range(weights.size):
        t = target[first + j]
        weights[j] = weight[t] if t != ignored else 0.0
    return 0


@exactly  # type: ignore[untyped-decorator]
def number_counted(target: Array, ignored: float) -> int:
    """How many targets are not the ignored one, in a kernel."""
    count = 0
    for j in range(target.size):
        count += target[j] != ignored
    return count


@exactly_there  # type: ignore[untyped-decorator]
def reduce_rows(
    losses_of: Any, operands: Any, width: int, target: Array, weight: Array, ignored: float,
    reduction: float, out: Array, divisor: Array,
) -> int:  # fmt: skip
    """Write the losses of rows, their sum, or that divided by `divisor`, the targets' weights.

    For `losses_of` and the status that is returned see `total_of_losses`.
    """
    count = len(target)
    status, total = total_of_losses(losses_of, operands, count, width, reduction == NONE, out)
    divisor[0] = 1
    if reduction == MEAN and status == 0:
        if weight.size:
            weights = target, weight, ignored
            _, divisor[0] = total_of_losses(weights_of, weights, count, 1, False, out)
        else:
            divisor[0] = number_counted(target, ignored)
    if reduction != NONE:
        out[0] = total / divisor[0]
    return status


def check_classes(x: Tensor, target: Tensor, weight: Tensor | None, kernel: str) -> None:
    """Raise unless there is a target for each row of scores and a weight for each class.

    `kernel` is what PyTorch's message about scores that are integers names.
    """
    shape, wanted = x.array.shape, target.array.shape
    if not shape:
        raise ValueError("Expected 1 or more dimensions (got 0)")
    if len(shape) > 1 and (not wanted or shape[0] != wanted[0]):
        raise ValueError(
            f"Expected input batch_size ({shape[0]}) to match target batch_size "
            f"({wanted[0] if wanted else 0})."
        )
    if len(shape) <= 2:
        if len(wanted) > 1:
            raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
        if len(shape) == 1 and wanted not in ((), (1,)) and target.array.dtype in CLASSES:
            raise ValueError(
                "For 1D input, 1D target must have size 1, but got target size: " + str(wanted[0])
            )
    elif len(shape) == 4 and len(wanted) != 3:
        raise RuntimeError(
            "only batches of spatial targets supported (3D tensors) but got targets of "
            f"dimension: {len(wanted)}"
        )
    elif wanted[1:] != shape[2:]:
        expected = [shape[0], *shape[2:]]
        raise RuntimeError(f"Expected target size {expected}, got {list(wanted)}")
    elif len(shape) != 4 and shape[1] == 0 and target.array.size:
        raise RuntimeError(f"size mismatch (got input: {list(shape)}, target: {list(wanted)})")
    if target.array.dtype not in CLASSES:
        raise RuntimeError(
            "expected target dtype to be Long or Byte, but got " + target.dtype.scalar_type
        )
    if target.array.dtype != np.int64 and len(shape) > 2:
        raise RuntimeError("expected scalar type Long but found Byte")
    if weight is not None:
        _check_weight(x, weight)
    require_floating(x, kernel)


def _check_weight(x: Tensor, weight: Tensor) -> None:
    classes = classes_of(x)
    # As in PyTorch, which with more dimensions only counts the weights.
    counted = x.array.ndim > 2 and weight.array.size == classes
    if weight.array.shape != (classes,) and not counted:
        raise RuntimeError(wrong_weight(x, weight))
    if x.array.dtype.kind == "f" and weight.array.dtype != x.array.dtype:
        raise RuntimeError(
            f"expected scalar type {x.dtype.scalar_type} but found {weight.dtype.scalar_type}"
        )


def wrong_weight(x: Tensor, weight: Tensor) -> str:
    return (
        f"weight tensor should be defined either for all {classes_of(x)} classes or no classes "
        f"but got weight tensor of shape: {list(weight.array.shape)}"
    )


def check_class_probabilities(x: Tensor, target: Tensor, weight: Tensor | None) -> None:
    """Raise unless each score has a probability, and each class a weight."""
    shape, dtype = x.array.shape, x.array.dtype
    if not shape:
        raise IndexError("Dimension specified as 1 but tensor has no dimensions")
    if target.array.shape != shape:
        raise RuntimeError(f"Expected target size {list(shape)}, got {list(target.array.shape)}")
    if weight is not None and weight.array.shape != (classes_of(x),):
        raise RuntimeError("cross_entropy: " + wrong_weight(x, weight))
    require_floating(x, "log_softmax_lastdim_kernel_impl")
    for each in (target, weight):
        if each is not None and each.array.dtype != dtype:
            raise RuntimeError(
                f"expected scalar type {x.dtype.scalar_type} but found {each.dtype.scalar_type}"
            )


def classes_of(x: Tensor) -> int:
    return x.array.shape[0 if x.array.ndim == 1 else 1]


def rows_of(x: Tensor) -> Tensor:
    """Scores (N, C, ...) or (C,) as (N · L, C)."""
    if x.array.ndim == 2:
        return x
    return x.reshape(1, x.array.size) if x.array.ndim == 1 else as_rows(x)


def like_targets(losses: Tensor, x: Tensor, named: str) -> Tensor:
    """Losses of rows in the shape of the scores without their classes; a single one as it is.

    `named` is what PyTorch calls this in the graph.
    """
    shape = x.array.shape
    if losses.array.ndim == 0 or len(shape) == 2:
        if isinstance(losses._node, (FusedNode, PrimitiveNode)):
            losses._node.label = named
        return losses
    return views.reshape_own(losses, (*shape[:1], *shape[2:]) if len(shape) > 1 else (), named)


def on_rows(
    operation: Fused, x: Tensor, target: Tensor, weight: Tensor | None, *settings: float
) -> Tensor:
    """Let an operation on rows (N, C) work on scores of any shape; losses are like targets."""
    call: Callable[..., Tensor] = operation
    if weight is not None and weight._requires_grad:
        call = operation.definition  # kernels have no gradient of weights
    if weight is not None and weight.array.ndim > 1:
        weight = weight.reshape(weight.array.size)
    if target.array.dtype.kind == "u":
        target = _in_int64(target)
    if target.array.ndim != 1:
        target = target.reshape(target.array.size)
    losses = call(rows_of(x), target, weight, *settings)
    if operation.named is not None and operation.named(*settings) == SMOOTHED:
        return like_targets(losses, x, SMOOTHED)
    is_view = losses.array.ndim and x.array.ndim not in (1, 2, 4)
    named = "NllLossBackward0" if x.array.ndim < 3 else "NllLoss2DBackward0"
    return like_targets(losses, x, "ViewBackward0" if is_view else named)


def _in_int64(target: Tensor) -> Tensor:
    """Classes as kernels take them; a change of those given is noticed."""
    converted = convert(target, dtype=dtypes.int64)
    converted._version_cell = target._version_cell
    return converted


def marked(x: Tensor, target: Tensor, ignored: float) -> Tensor:
    """Whether a class is its row's target, (N, C) of bool; of an ignored row no class is."""
    out = empty(x.array.shape, np.bool_)
    launch(_mark, target.array, ignored, out)
    return tensor_of(out)


def _mark(target: Array, ignored: float, out: Array) -> None:
    kept = target != ignored
    if ((target[kept] < 0) | (target[kept] >= out.shape[1])).any():
        raise out_of_bounds(out, target, out, ignored)
    np.equal(target[:, None], np.arange(out.shape[1]), out=out)
    out &= kept[:, None]


def reduced(losses: Tensor, chosen: Tensor, weight: Tensor | None, reduction: float) -> Tensor:
    """Losses of rows, their sum, or that divided by the sum of the weights of chosen classes."""
    if reduction == NONE:
        return losses
    weights = chosen if weight is None else where(chosen, weight, 0.0)
    return losses.sum() / weights.sum() if reduction == MEAN else losses.sum()


def named(ignored: float, smoothing: float, reduction: float) -> str:
    """What PyTorch calls a cross entropy in the graph, where its last operation is seen."""
    return SMOOTHED if smoothing else "NllLossBackward0"
