"""Changes in place: who may be changed, and what history tensors have afterwards."""

from __future__ import annotations

import warnings

import numpy as np

from .. import structure
from ..autograd import Node
from ..grad_mode import mode
from ..inference import check_change
from ..memory_order import is_dense
from ..primitives import regions
from ..primitives.primitive import PrimitiveNode
from ..strides import address_of
from ..tensor import Array, Tensor

OVERLAP = (
    "unsupported operation: some elements of the input tensor and the written-to tensor refer to "
    "a single memory location. Please clone() the tensor before performing the operation."
)


def check(target: Tensor, source_requires_grad: bool = False, repeats: bool = False) -> None:
    """Raise if changing `target` in place would break the graph, or its memory repeats.

    What writes only where it is told to, or one value, may do so (`repeats`).
    """
    check_history(target, source_requires_grad)
    if not repeats:
        check_memory(target.array)


def check_history(target: Tensor, source_requires_grad: bool = False) -> None:
    """Raise if changing `target` in place would break the graph."""
    check_change(target)
    is_leaf = target._node is None  # a view counts as one until it learns what its base became
    if not mode.grad_enabled or not (target.requires_grad or source_requires_grad):
        return
    if target._base is not None:
        base, _, forbidden, _ = target._base
        if forbidden:
            raise RuntimeError(forbidden)
        if base._node is None and target.requires_grad:
            raise RuntimeError(
                "a view of a leaf Variable that requires grad is being used in an in-place "
                "operation."
            )
    if target.requires_grad and is_leaf:
        raise RuntimeError(
            "a leaf Variable that requires grad is being used in an in-place operation."
        )


def repeats_memory(array: Array) -> bool:
    """Whether several elements lie in the same memory."""
    return bool(
        array.size
        and 0 in array.strides
        and any(n > 1 and not step for n, step in zip(array.shape, array.strides, strict=True))
    )


def warn_of_repeats(name: str, example: str, depth: int) -> None:
    """Warn of a change of memory that repeats; `depth` functions are below the user's line."""
    warnings.warn(
        f"Use of {name} on expanded tensors is deprecated. Please clone() the tensor before "
        "performing this operation. This also applies to advanced indexing e.g. "
        f"tensor[{example}",
        stacklevel=2 + depth,
    )


def check_memory(array: Array) -> None:
    """Raise if several elements lie in the same memory: they cannot be written to."""
    if repeats_memory(array):
        raise RuntimeError(regions.REPEATS)


def check_overlap(target: Array, source: Array, whole_too: bool = False) -> None:
    """Raise if what is read lies in memory that is written, but for the very same elements.

    Like PyTorch, only where both fill the memory that they lie in.
    """
    if not np.may_share_memory(target, source) or (not whole_too and coincide(target, source)):
        return
    if is_dense(target) and is_dense(source):
        raise RuntimeError(OVERLAP)


def coincide(a: Array, b: Array) -> bool:
    """Whether two arrays are the same elements in the same order."""
    return a.shape == b.shape and a.strides == b.strides and address_of(a) == address_of(b)


def rewrite(target: Tensor, result: Tensor) -> None:
    """Give `target` the history of `result`, whose values its memory has got.

    A view's new history is its base's: the old base with the result put where the view lies.
    """
    if not mode.grad_enabled or not (target.requires_grad or result._requires_grad):
        return
    structure.bump()
    if target._base is None:
        _move(target, result._node, result._requires_grad)
        return
    base = target._base[0]
    region = regions.region_of(target.array, base.array)
    attributes, named = {"region": region}, "minigrad::autograd::CopySlices"
    node = PrimitiveNode(regions.put_region, (base, result), (), attributes, base, named)
    _move(base, node, True)
    regions.renew(target)


def _move(target: Tensor, node: Node | None, requires_grad: bool) -> None:
    """Give a tensor another place in the graph, to which `retain_grad` follows it."""
    hooks = None if target._node is None else target._node.place._hooks
    target._node, target._requires_grad = node, requires_grad
    if hooks is not None:
        hooks.move_to(target)
