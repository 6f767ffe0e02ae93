"""Which nodes does a walk come by, and after which of them is a leaf's gradient complete?

Both are asked before or within a walk, of the graph as it stands, and only where targets or hooks
ask for an answer: a plain backward needs none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from ..tensor import Tensor
from .node import Edge, Node, edge_to


def leading_to(wanted: set[Edge], roots: Sequence[Tensor]) -> set[Edge]:
    """The wanted edges, and the nodes between the roots and them.

    Nothing older than the oldest wanted node can lead to it, so the search stops there.
    """
    oldest = min((each.sequence if isinstance(each, Node) else 0 for each in wanted), default=0)
    useful: set[Edge] = set(wanted)
    for node in _oldest_first(map(edge_to, roots), oldest):
        if not useful.isdisjoint(node.edges):
            useful.add(node)
    return useful


def end_at_once(roots: Sequence[Tensor], starts: Sequence[Tensor]) -> None:
    """Where no root leads to what is wanted: an only one, as in PyTorch, has its hooks called."""
    if len(roots) == 1:
        edge = edge_to(roots[0])
        if edge is not None and edge._hooks is not None:
            edge._hooks.arrived(starts[0])


def completed_by(roots: Sequence[Tensor], useful: set[Edge] | None) -> dict[Node, list[Tensor]]:
    """The leaves with hooks, by the last node that gives to their gradient, in their turn."""
    last: dict[Tensor, Node] = {}
    for node in _oldest_first(map(edge_to, roots)):
        if useful is None or node in useful:
            for edge in node.in_turn():
                if isinstance(edge, Tensor) and edge._hooks is not None:
                    last.setdefault(edge, node)
    leaves: dict[Node, list[Tensor]] = {}
    for leaf, node in last.items():
        leaves.setdefault(node, []).append(leaf)
    return leaves


def complete_before(
    arrived: Mapping[Edge, tuple[Any, bool]], failed: Node
) -> dict[Tensor, tuple[Tensor, bool]]:
    """Of what had arrived when a node failed, the gradients of leaves that wait for no other."""
    awaited = {edge for node in _oldest_first([failed, *arrived]) for edge in node.edges}
    return {
        edge: found
        for edge, found in arrived.items()
        if isinstance(edge, Tensor) and edge not in awaited
    }


def _oldest_first(edges: Iterable[Edge], after: int = 0) -> list[Node]:
    """The nodes that can be reached from edges, but those made before another."""
    seen: set[Node] = set()
    waiting = [*edges]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Node) and node not in seen and node.sequence > after:
            seen.add(node)
            waiting += node.edges
    return sorted(seen, key=attrgetter("sequence"))
