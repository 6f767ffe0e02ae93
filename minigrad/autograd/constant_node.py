"""A place in the graph for what depends on nothing in it: gradients end here."""

from __future__ import annotations

from collections.abc import Sequence

from ..saved import Watched, check
from ..tensor import Tensor, tensor_of
from .node import Edge, Gradients, Node


class ConstantNode(Node):
    """What PyTorch computes in one node with results that do depend on its operands."""

    __slots__ = ("label", "watched")

    def __init__(self, edges: Sequence[Edge], label: str) -> None:
        super().__init__(edges)
        self.label = label
        self.watched: list[Watched] = []  # what must not change, though no gradient looks at it

    def name(self) -> str:
        return self.label

    def backward(self, grad: Tensor) -> Gradients:
        for tensor, version, node in self.watched:
            check(tensor, version, node)
        return [None] * len(self.edges)


def together(gradients: Sequence[Tensor], edges: Sequence[Edge], label: str) -> tuple[Tensor, ...]:
    """The gradients, all in the graph if one of the edges, which they come from, leads there."""
    if all(edge is None for edge in edges):
        return tuple(gradients)
    node = ConstantNode(edges, label)
    return tuple(each if each._requires_grad else _made_by(node, each) for each in gradients)


def _made_by(node: Node, constant: Tensor) -> Tensor:
    result = tensor_of(constant.array)
    result._requires_grad, result._node = True, node
    return result
