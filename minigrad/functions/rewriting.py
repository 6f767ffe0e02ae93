"""Changes in place: who may be changed, and what history tensors have afterwards."""

from __future__ import annotations

from .. import structure
from ..grad_mode import mode
from ..inference import check_change
from ..primitives import regions
from ..primitives.primitive import PrimitiveNode
from ..tensor import Array, Tensor


def check(target: Tensor, source_requires_grad: bool = False, repeats: bool = False) -> None:
    """Raise if changing `target` in place would break the graph, or its memory repeats.

    It may where all elements get one value (`repeats`), outside the graph.
    """
    check_change(target)
    tracked = mode.grad_enabled and (_in_graph(target) or source_requires_grad)
    if tracked or not repeats:
        check_memory(target.array)
    if not tracked:
        return
    if target._base is not None:
        base, _, forbidden = target._base
        if forbidden:
            raise RuntimeError(forbidden)
        if base._requires_grad and base._node is None:
            raise RuntimeError(
                "a view of a leaf Variable that requires grad is being used in an in-place "
                "operation."
            )
    if target._requires_grad and target._node is None:
        raise RuntimeError(
            "a leaf Variable that requires grad is being used in an in-place operation."
        )


def _in_graph(target: Tensor) -> bool:
    return target.requires_grad or (target._base is not None and target._base[0]._requires_grad)


def check_memory(array: Array) -> None:
    """Raise if several elements lie in the same memory: they cannot be written to."""
    if (
        array.size
        and 0 in array.strides
        and any(n > 1 and not step for n, step in zip(array.shape, array.strides, strict=True))
    ):
        raise RuntimeError(
            "unsupported operation: more than one element of the written-to tensor refers to a "
            "single memory location. Please clone() the tensor before performing the operation."
        )


def rewrite(target: Tensor, result: Tensor) -> None:
    """Give `target` the history of `result`, whose values its memory has got.

    A view's new history is its base's: the old base with the result put where the view lies.
    """
    if not mode.grad_enabled or not (_in_graph(target) or result._requires_grad):
        return
    structure.bump()
    hooks = None if target._node is None else target._node._hooks
    if target._base is None:
        target._node, target._requires_grad = result._node, result._requires_grad
        if hooks is not None:
            hooks.move_to(target)
        return
    base = target._base[0]
    region = regions.region_of(target.array, base.array)
    node = PrimitiveNode(regions.put_region, (base, result), (), {"region": region}, base)
    node.label = "CopySlices"
    base._node, base._requires_grad = node, True
    regions.renew(target)
    if hooks is not None:
        hooks.move_to(target)
