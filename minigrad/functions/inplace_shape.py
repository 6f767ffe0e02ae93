"""How does a tensor get another shape in place? It becomes a view of what it was.

Its memory stays; other tensors that see this memory keep their shapes, and count the change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import structure
from ..autograd import Node
from ..autograd.node import Gradients
from ..broadcast import sum_to_shape
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
    shape, target.array = target.array.shape, result.array
    target._bump_version()
    if isinstance(result._node, PrimitiveNode):
        result._node.label = _in_place(result._node.name())
        _put_behind(target, result._node)
        if target._base is not None:  # without a graph the change is left for `renew` to see
            base, _, forbidden, wanted = target._base
            target._base = (base, version_of(base), forbidden, wanted)
    elif target._node is not None and target._base is None:
        target._node = ReshapedUnseen(target._node, shape)
    return target


def _put_behind(target: Tensor, node: Node) -> None:
    """Give a tensor a node behind its own, which keeps the gradient of the former shape."""
    hooks = None if target._node is None else target._node.place._hooks
    target._node, target._requires_grad = node, True
    if hooks is not None:
        hooks.stay_from(target)


class ReshapedUnseen(Node):
    """The node of a tensor that got another shape where no graph was made.

    As in PyTorch, its gradients are summed to the shape that the node knows, if they can be, and
    that is where hooks see them.
    """

    __slots__ = ("known", "shape")

    def __init__(self, known: Node, shape: tuple[int, ...]) -> None:
        super().__init__([known])
        self.known = known
        self.shape = shape

    @property
    def place(self) -> Node:
        return self.known.place

    @property
    def shown(self) -> tuple[Node, int]:
        return self.known.shown

    def backward(self, grad: Tensor) -> Gradients:
        found = grad.array.shape
        own = found[len(found) - len(self.shape) :]
        fits = len(own) == len(self.shape) and all(
            size in (1, there) for size, there in zip(self.shape, own, strict=True)
        )
        if not fits:
            raise RuntimeError(
                f"the gradient of {self.known.name()}'s result has shape {list(found)}, but "
                f"expected shape compatible with {list(self.shape)}, which the result had before "
                "it got another one in place and without a graph"
            )
        return [sum_to_shape(grad, self.shape)]


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
