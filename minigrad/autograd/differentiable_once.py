"""A `backward` of a Function that works outside the graph, so that its gradients have none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from ..grad_mode import mode, no_grad
from ..tensor import Tensor
from .node import Edge, Gradients, Node, edge_to


class Refusal(Node):
    """The place of a gradient that cannot be differentiated, and why."""

    __slots__ = ("reason",)

    def __init__(self, edges: Sequence[Edge], reason: str) -> None:
        super().__init__(edges)
        self.reason = reason

    def name(self) -> str:
        return "minigrad::autograd::Error"

    def backward(self, grad: Tensor) -> Gradients:
        raise RuntimeError(self.reason)


def once_differentiable(backward: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator of a `backward` that works outside the graph, so that its gradients have none.

    Examples
    --------
    >>> import minigrad as torch
    >>> class Double(torch.autograd.Function):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         return x * 2
    ...
    ...     @staticmethod
    ...     @torch.autograd.function.once_differentiable
    ...     def backward(ctx, grad):
    ...         return grad * 2
    >>> x = torch.tensor(1.0, requires_grad=True)
    >>> torch.autograd.grad(Double.apply(x), x)
    (tensor(2.),)
    """

    @wraps(backward)
    def once(ctx: Any, *gradients: Any) -> Any:
        with no_grad():
            given = backward(ctx, *gradients)
        edges = [edge_to(each) for each in gradients if isinstance(each, Tensor)]
        if not mode.grad_enabled or not any(edge is not None for edge in edges):
            return given
        found = [each for each in given] if isinstance(given, tuple) else [given]
        node = Refusal(
            edges,
            "trying to differentiate twice a function that was marked with @once_differentiable",
        )
        for number, each in enumerate(found):
            if isinstance(each, Tensor):
                found[number] = each.detach()
                found[number]._node, found[number]._requires_grad = node, True
        return tuple(found) if isinstance(given, tuple) else found[0]

    return once
