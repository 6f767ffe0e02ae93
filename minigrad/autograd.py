"""Reverse-mode automatic differentiation: the graph, and the walk backward through it.

An operation on tensors that require a gradient gives its result a `Node`. The node knows how to
turn the gradient of the result into gradients of the operands, and has an *edge* to where each
operand came from: another node, or a leaf, which is a tensor that no operation made. Nodes hold
what lies upstream and never their own result, so there is no reference cycle: when the result
goes, the graph goes.

The walk visits nodes in the reverse order of their making. An operation is always younger
than its operands, so when a node's turn comes, every gradient that flows into it has arrived.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from heapq import heappop, heappush
from operator import attrgetter
from typing import Union

from . import arrays
from .grad_mode import enable_grad, is_grad_enabled, no_grad, set_grad_enabled
from .hooks import Hooks, through_hooks
from .launch import observer, one_line
from .tensor import Tensor

__all__ = ["backward", "enable_grad", "grad", "is_grad_enabled", "no_grad", "set_grad_enabled"]

_count = itertools.count(1)

# Where a gradient goes: to a node, to a leaf, or, for an operand that needs none, nowhere.
Edge = Union["Node", Tensor, None]
Gradients = Sequence[Tensor | None]


class Node:
    """One operation in the graph. Subclasses say how gradients pass through it."""

    __slots__ = ("__weakref__", "_hooks", "edges", "sequence", "walked")

    gives_fresh_gradients = False  # whether each gradient it returns is in memory of its own

    def __init__(self, edges: Sequence[Edge]) -> None:
        self.sequence = next(_count)
        self.edges = edges
        self._hooks: Hooks | None = None
        self.walked = False  # True once backward has been here and saved tensors are forgotten

    def backward(self, grad: Tensor) -> Gradients:
        """Gradients of the operands, given the gradient of the result."""
        raise NotImplementedError

    def release(self) -> None:
        """Forget saved tensors: this graph will not be walked again."""

    @property
    def name(self) -> str:
        return type(self).__name__

    def __repr__(self) -> str:
        return f"<{self.name} object at {id(self):#x}>"


def edge_to(operand: Tensor | None) -> Edge:
    if operand is None or not operand._requires_grad:
        return None
    return operand._node if operand._node is not None else operand


def backward(
    tensors: Tensor | Sequence[Tensor],
    grad_tensors: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
) -> None:
    """Add the gradients of `tensors` to `.grad` of the leaves they were made from.

    `grad_tensors` are the gradients of the tensors; a scalar's is 1 if not given. `retain_graph`
    keeps saved tensors for another walk; `create_graph` makes gradients differentiable.

    >>> import minigrad as torch
    >>> x = torch.tensor([1.0, 2.0], requires_grad=True)
    >>> torch.autograd.backward((x * x).sum())
    >>> x.grad
    tensor([2., 4.])
    """
    roots = [tensors] if isinstance(tensors, Tensor) else list(tensors)
    starts = _initial_gradients(roots, grad_tensors)
    keep = create_graph if retain_graph is None else retain_graph
    arrived = _walk(roots, starts, keep, create_graph)
    watching = observer()
    if watching is not None:
        watching.reading_gradients(arrived)  # type: ignore[arg-type]
    for leaf, (gradient, fresh) in arrived.items():
        _accumulate(leaf, gradient, fresh, create_graph)  # type: ignore[arg-type]


def grad(
    outputs: Tensor | Sequence[Tensor],
    inputs: Tensor | Sequence[Tensor],
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    allow_unused: bool = False,
) -> tuple[Tensor | None, ...]:
    """Gradients of `outputs` with respect to `inputs`, returned and nowhere accumulated.

    >>> import minigrad as torch
    >>> x = torch.tensor(3.0, requires_grad=True)
    >>> (slope,) = torch.autograd.grad(x**3, x, create_graph=True)
    >>> torch.autograd.grad(slope, x)
    (tensor(18.),)
    """
    roots = [outputs] if isinstance(outputs, Tensor) else list(outputs)
    operands = [inputs] if isinstance(inputs, Tensor) else list(inputs)
    if not operands:
        raise RuntimeError("`inputs` argument to `grad()` cannot be empty.")
    if not all(operand._requires_grad for operand in operands):
        raise RuntimeError("One of the differentiated Tensors does not require grad")
    starts = _initial_gradients(roots, grad_outputs)
    keep = create_graph if retain_graph is None else retain_graph
    targets = [edge_to(operand) for operand in operands]
    found = _walk(roots, starts, keep, create_graph, targets)
    if not allow_unused and any(target not in found for target in targets):
        raise RuntimeError(
            "One of the differentiated Tensors appears to not have been used in the graph. Set "
            "allow_unused=True if this is the desired behavior."
        )
    return tuple(found[target][0] if target in found else None for target in targets)


def _walk(
    roots: Sequence[Tensor],
    starts: Sequence[Tensor],
    retain_graph: bool,
    create_graph: bool,
    targets: Sequence[Edge] | None = None,
) -> dict[Edge, tuple[Tensor, bool]]:
    """Walk from the roots; return what arrived at leaves or targets, and whether it is fresh.

    With targets, only nodes that lead to one of them are visited.
    """
    wanted = set(targets or ())
    useful = None if targets is None else wanted | _leading_to(wanted, roots)
    arrived: dict[Edge, tuple[Tensor, bool]] = {}
    results: dict[Edge, tuple[Tensor, bool]] = {}
    heap: list[tuple[int, Node]] = []

    def arrive(edges: Sequence[Edge], gradients: Gradients, fresh: bool) -> None:
        for edge, gradient in zip(edges, gradients, strict=True):
            if edge is None or gradient is None or (useful is not None and edge not in useful):
                continue
            if edge in arrived:
                arrived[edge] = (arrived[edge][0] + gradient, True)
                continue
            arrived[edge] = (gradient, fresh)
            if isinstance(edge, Node):
                heappush(heap, (-edge.sequence, edge))

    with one_line(), set_grad_enabled(create_graph):
        arrive([edge_to(root) for root in roots], starts, False)
        while heap:
            node = heappop(heap)[1]
            gradient, fresh = arrived.pop(node)
            if node._hooks:
                gradient, fresh = through_hooks(node._hooks, gradient), False
            if node in wanted:
                results[node] = (gradient, fresh)
            if useful is not None and useful.isdisjoint(node.edges):
                continue
            arrive(node.edges, node.backward(gradient), node.gives_fresh_gradients)
            if not retain_graph:
                node.release()
                node.walked = True
        for leaf, (gradient, fresh) in arrived.items():
            hooks = leaf._hooks  # type: ignore[union-attr]
            results[leaf] = (through_hooks(hooks, gradient), False) if hooks else (gradient, fresh)
    return results


def _leading_to(wanted: set[Edge], roots: Sequence[Tensor]) -> set[Edge]:
    """The nodes between the roots and the wanted edges.

    Nothing older than the oldest wanted node can lead to it, so the search stops there.
    """
    oldest = min((edge.sequence if isinstance(edge, Node) else 0) for edge in wanted)
    seen: set[Node] = set()
    waiting = [edge_to(root) for root in roots]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Node) and node not in seen and node.sequence > oldest:
            seen.add(node)
            waiting += node.edges
    useful: set[Edge] = set(wanted)
    for node in sorted(seen, key=attrgetter("sequence")):
        if not useful.isdisjoint(node.edges):
            useful.add(node)
    return useful


def _accumulate(leaf: Tensor, gradient: Tensor, fresh: bool, create_graph: bool) -> None:
    """Add to `leaf.grad`: in place, unless the gradients are to be differentiable."""
    if gradient._requires_grad and not create_graph:  # a gradient that the caller gave
        gradient = gradient.detach()
    known = leaf._grad
    if known is not None and not create_graph:
        arrays.add_into(known.array, gradient.array)
        known._bump_version()
        return
    if known is not None:
        gradient = known + gradient
    elif not (fresh and gradient.array.flags.c_contiguous):
        gradient = gradient.clone()
    leaf._grad = gradient
    watching = observer()
    if watching is not None:
        watching.gradient_assigned(leaf, gradient)


def _initial_gradients(
    roots: Sequence[Tensor], given: Tensor | Sequence[Tensor | None] | None
) -> list[Tensor]:
    """The gradients that the walk starts with: those given, or 1 for a scalar."""
    listed = [given] if given is None or isinstance(given, Tensor) else list(given)
    listed = listed * len(roots) if given is None else listed
    if len(listed) != len(roots):
        raise RuntimeError(f"got {len(roots)} tensors and {len(listed)} gradients")
    starts = []
    for position, (root, start) in enumerate(zip(roots, listed, strict=True)):
        if not root._requires_grad:
            raise RuntimeError(
                f"element {position} of tensors does not require grad and does not have a grad_fn"
            )
        if start is None and root.array.size != 1:
            raise RuntimeError("grad can be implicitly created only for scalar outputs")
        if start is not None and start.shape != root.shape:
            raise RuntimeError(
                f"Mismatch in shape: grad_output[{position}] has a shape of {start.shape} and "
                f"output[{position}] has a shape of {root.shape}."
            )
        if start is None:
            starts.append(Tensor(arrays.full(root.array.shape, root.array.dtype, 1.0)))
        else:
            starts.append(start.to(root.dtype))
    return starts
