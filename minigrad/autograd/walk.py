"""Reverse-mode automatic differentiation: the walk backward through the graph.

An operation on tensors that require a gradient gives its result a `Node` (see `node`). It knows
how to turn the gradient of the result into gradients of the operands, and has an *edge* to where
each operand came from: another node, or a leaf, which is a tensor that no operation made. Nodes
hold what lies upstream and never their own result, so there is no reference cycle: when the
result goes, the graph goes.

Nodes are visited in the reverse order of their making. An operation is always younger than its
operands, so when a node's turn comes, every gradient that flows into it has arrived. All of
backward is, with the gradients of the results in `arrived`,

    while any node has a gradient in `arrived`:
        node = the youngest of them
        gradients = node.backward(arrived.pop(node))
        for edge, gradient in zip(node.edges, gradients):
            arrived[edge] = arrived[edge] + gradient if edge in arrived else gradient

and what is left belongs to leaves. The rest of this file is what users may ask for besides: hooks
that see or change gradients on their way, and *targets*, the only places that gradients are wanted
at. With targets, nodes that lead to none of them are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Any, TypeAlias

from .. import launch
from ..grad_mode import switch_gradients
from ..hooks import Hooks
from ..tensor import Tensor
from .accumulate import accumulate
from .node import Edge, Gradients, Node, edge_to
from .reach import complete_before, completed_by, end_at_once, leading_to

# What arrived at each place, and whether it is fresh: in memory of its own, which a leaf may keep.
Arrived: TypeAlias = dict[Edge, tuple[Tensor, bool]]


def walk(
    roots: Sequence[Tensor],
    starts: Sequence[Tensor],
    retain_graph: bool,
    create_graph: bool,
    targets: Sequence[Edge] | None = None,
    accumulating: bool = False,
) -> Arrived:
    """Walk from the roots; return what arrived at leaves or targets.

    What arrives at leaves is added to their `.grad` instead, if accumulating: at the end, or as
    soon as it is complete if they have hooks. If the walk fails, what is complete is added.
    """
    going = Walk(roots, retain_graph, create_graph, targets, accumulating)
    watching = going.watching
    line = None if watching is None else watching.hold_line()
    previous = switch_gradients(create_graph)
    try:
        going.arrive([edge_to(root) for root in roots], starts, False)
        if going.useful is not None and not going.arrived:
            end_at_once(roots, starts)
        going.visit_all()
    except Exception:
        if accumulating:
            accumulate(complete_before(going.arrived, going.node), create_graph)
        raise
    else:
        if accumulating:
            accumulate(going.arrived, create_graph)  # type: ignore[arg-type]
        going.results.update(going.arrived)
    finally:
        switch_gradients(previous)
        if watching is not None:
            watching.release_line(line)
    return going.results


class Walk:
    """A walk on its way: what has arrived where, and which nodes wait for their turn."""

    def __init__(
        self,
        roots: Sequence[Tensor],
        retain_graph: bool,
        create_graph: bool,
        targets: Sequence[Edge] | None,
        accumulating: bool,
    ) -> None:
        self.roots = roots
        self.retain_graph = retain_graph
        self.create_graph = create_graph
        self.accumulating = accumulating
        self.wanted: set[Edge] = {target for target in targets or () if target is not None}
        self.useful = None if targets is None else leading_to(self.wanted, roots)
        self.watching = launch.observer()
        self.arrived: Arrived = {}
        self.results: Arrived = {}
        self.waiting: list[tuple[int, Node]] = []  # a heap, the youngest node first
        self.node: Any = None  # whose turn it is
        # Leaves with hooks, by the node that completes their gradient; None until one has arrived.
        self.completed: dict[Node, list[Tensor]] | None = None

    def visit_all(self) -> None:
        """Give each node that waits its turn."""
        waiting, arrived = self.waiting, self.arrived
        plain = self.useful is None and self.watching is None
        while waiting:
            self.node = node = heappop(waiting)[1]
            gradient, fresh = arrived.pop(node)
            hooks = node._hooks
            passed: Gradients | None
            if plain and hooks is None:
                passed = node.backward(gradient)
            else:
                passed = self._pass_by_users(node, gradient, fresh)
                if passed is None:
                    continue
            self.arrive(node.edges, passed, node.gives_fresh_gradients and hooks is None)
            if not self.retain_graph:
                node.release()
                node.walked = True
            if self.completed is not None:
                self._complete(self.completed.pop(node, ()))
        if self.completed is not None:
            self._complete([*arrived])

    def arrive(self, edges: Sequence[Edge], gradients: Gradients, fresh: bool) -> None:
        """Take gradients to the ends of edges, and add them to what is there."""
        arrived, useful = self.arrived, self.useful
        for position, edge in enumerate(edges):  # which is quicker than zip
            gradient = gradients[position]
            if edge is None or gradient is None or (useful is not None and edge not in useful):
                continue
            new = (gradient, fresh)
            known = arrived.setdefault(edge, new)
            if known is not new:
                arrived[edge] = (known[0] + gradient, True)
            elif isinstance(edge, Node):
                heappush(self.waiting, (-edge.sequence, edge))
            elif edge._hooks is not None and self.completed is None:
                self.completed = completed_by(self.roots, useful)

    def _pass_by_users(self, node: Node, gradient: Any, fresh: bool) -> Gradients | None:
        """What a node makes of a gradient that hooks or an observer see, or somebody asked for.

        None where the walk ends: no target lies behind this one.
        """
        hooks, as_it_arrived = node._hooks, gradient
        if hooks is not None:
            gradient, fresh = hooks.arrived(gradient), False
        if self.useful is not None:
            ends = self.useful.isdisjoint(node.edges)
            if node in self.wanted:  # PyTorch gives what hooks return only where the walk ends
                self.results[node] = (gradient if ends else as_it_arrived, fresh)
            if ends:
                return None
        if hooks is not None:
            return self._pass_hooks(node, hooks, gradient)
        return self._pass(node, gradient)

    def _pass_hooks(self, node: Node, hooks: Hooks, gradient: Any) -> Gradients:
        """The same between the hooks that are called before a node and those after it."""
        given = node.several(gradient)
        if hooks.before:
            given = hooks.through_before(given)
            gradient = node.one(given)
        passed = [None] * len(node.edges) if gradient is None else self._pass(node, gradient)
        return hooks.through_after(tuple(passed), given)

    def _pass(self, node: Node, gradient: Tensor) -> Gradients:
        watching = self.watching
        return node.backward(gradient) if watching is None else watching.passed(node, gradient)

    def _complete(self, leaves: Sequence[Any]) -> None:
        """Call the hooks of leaves whose gradient will not change any more."""
        for leaf in leaves:
            if leaf in self.arrived and leaf._hooks is not None:
                self.results[leaf] = (leaf._hooks.arrived(self.arrived.pop(leaf)[0]), False)
                if self.accumulating:
                    accumulate({leaf: self.results.pop(leaf)}, self.create_graph)
