"""How does a tensor get another shape in place? It becomes a view of what it was.

Its memory stays; other tensors that see this memory keep their shapes, and count the change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import structure
from ..inference import version_of
from ..primitives.primitive import PrimitiveNode
from ..tensor import Tensor
from . import transposing
from .rewriting import check_history

SQUEEZING = 3  # so many kinds of squeezing PyTorch has, and as many in place after them


def reshaped(target: Tensor, function: Callable[..., Tensor], *arguments: Any) -> Tensor:
    """Let `target` be what `function` gives of it, which is a view."""
    check_history(target)
    result = function(target, *arguments)
    structure.bump()
    target.array = result.array
    target._bump_version()
    if isinstance(result._node, PrimitiveNode):
        result._node.label = _in_place(result._node.name())
        hooks = None if target._node is None else target._node._hooks
        target._node, target._requires_grad = result._node, True
        if hooks is not None:
            hooks.stay_from(target)
        if target._base is not None:  # without a graph the change is left for `renew` to see
            base, _, forbidden = target._base
            target._base = (base, version_of(base), forbidden)
    return target


def t_(target: Tensor) -> Tensor:
    """Transpose a matrix; with fewer dimensions there is nothing to do."""
    check_history(target)
    if target.array.ndim > 2:
        raise RuntimeError(
            f"t_() expects a tensor with <= 2 dimensions, but self is {target.array.ndim}D"
        )
    return reshaped(target, transposing.t)


def _in_place(name: str) -> str:
    """What PyTorch calls the node of a view if the view is made in place."""
    operation, number = name.split("Backward")
    return f"{operation}Backward{int(number) + (SQUEEZING if operation == 'Squeeze' else 1)}"
