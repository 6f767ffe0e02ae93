"""Reverse-mode automatic differentiation: the graph, and the walk backward through it.

An operation on tensors that require a gradient gives its result a `Node` (see `node`). It knows
how to turn the gradient of the result into gradients of the operands, and has an *edge* to where
each operand came from: another node, or a leaf, which is a tensor that no operation made. Nodes
hold what lies upstream and never their own result, so there is no reference cycle: when the
result goes, the graph goes.

`_walk` is the heart; what stands before it looks at arguments, what comes after it is for hooks
and for `inputs`. It visits nodes in the reverse order of their making. An operation is always
younger than its operands, so when a node's turn comes, every gradient that flows into it has
arrived. A gradient is *fresh* if its memory is its own, so that a leaf may keep it as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Any

from .. import launch
from ..grad_mode import switch_gradients
from ..tensor import Tensor
from . import arguments
from .accumulate import accumulate
from .arguments import Inputs, Outputs
from .node import Edge, Gradients, Node, edge_to, place_of
from .reach import complete_before, completed_by, end_at_once, leading_to

__all__ = ["Node", "backward", "grad"]


def backward(
    tensors: Outputs,
    grad_tensors: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    grad_variables: Tensor | Sequence[Tensor | None] | None = None,
    inputs: Inputs | None = None,
) -> None:
    """Add the gradients of `tensors` to `.grad` of the leaves they were made from.

    Parameters
    ----------
    tensors : Tensor or sequence of Tensor
    grad_tensors : Tensor or sequence of Tensor or None
        Their gradients; a scalar's is 1 if not given.
    retain_graph : bool
        Whether to keep saved tensors for another walk; by default what `create_graph` says.
    create_graph : bool
        Whether the gradients are to be differentiable.
    grad_variables
        The former name of `grad_tensors`.
    inputs : Tensor or sequence of Tensor
        The only tensors whose `.grad` is added to; all leaves if not given.

    >>> import minigrad as torch
    >>> x = torch.tensor([1.0, 2.0], requires_grad=True)
    >>> torch.autograd.backward((x * x).sum())
    >>> x.grad
    tensor([2., 4.])
    """
    if grad_variables is not None:
        grad_tensors = arguments.renamed(grad_variables, grad_tensors)
    roots = arguments.listed_outputs(tensors)
    targets = None
    if inputs is not None:
        operands = arguments.listed_inputs(inputs)
        if not operands:
            raise RuntimeError("`inputs` argument to `backward()` cannot be empty.")
        for operand in operands:
            operand.retain_grad()
        targets = [place_of(operand) for operand in operands]
    starts = arguments.initial_gradients(roots, grad_tensors)
    keep, create_graph = arguments.read_switches(retain_graph, create_graph)
    if create_graph:
        arguments.warn_of_cycle()
    _walk(roots, starts, keep, create_graph, targets, accumulating=True)


def grad(
    outputs: Outputs,
    inputs: Inputs,
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    only_inputs: bool = True,
    allow_unused: bool | None = None,
    is_grads_batched: bool = False,
    materialize_grads: bool = False,
) -> tuple[Tensor, ...]:
    """Gradients of `outputs` with respect to `inputs`, returned and nowhere accumulated.

    Parameters
    ----------
    outputs, grad_outputs, retain_graph, create_graph : as in `backward`
    inputs : Tensor, sequence or dict of Tensor
        What to differentiate by.
    only_inputs : bool
        Has to be True.
    allow_unused : bool
        Whether the gradient of an input that the outputs do not depend on is None, instead of an
        error; by default what `materialize_grads` says.
    is_grads_batched : bool
        Whether the first dimension of `grad_outputs` counts gradients of the outputs; results
        have it too.
    materialize_grads : bool
        Whether it is zeros instead.

    Returns
    -------
    tuple of Tensor
        One for each input; a dict if the inputs are.

    >>> import minigrad as torch
    >>> x = torch.tensor(3.0, requires_grad=True)
    >>> (slope,) = torch.autograd.grad(x**3, x, create_graph=True)
    >>> torch.autograd.grad(slope, x)
    (tensor(18.),)
    """
    if isinstance(inputs, dict):
        given = (grad_outputs, retain_graph, create_graph, only_inputs, allow_unused)
        found = grad(outputs, [*inputs.values()], *given, is_grads_batched, materialize_grads)
        return dict(zip(inputs, found, strict=True))  # type: ignore[return-value]
    arguments.check_switches(only_inputs, allow_unused, materialize_grads)
    if is_grads_batched:
        from .batched import gradients_of_batch  # here: it takes functions, which have gradients

        switches = (retain_graph, create_graph, allow_unused, materialize_grads)
        return gradients_of_batch(grad, outputs, inputs, grad_outputs, *switches)
    roots, operands = arguments.listed_outputs(outputs), arguments.listed_inputs(inputs)
    if not operands:
        raise RuntimeError("`inputs` argument to `grad()` cannot be empty.")
    if not all(operand.requires_grad for operand in operands):
        raise RuntimeError("One of the differentiated Tensors does not require grad")
    starts = arguments.initial_gradients(roots, grad_outputs)
    keep, create_graph = arguments.read_switches(retain_graph, create_graph)
    targets = [place_of(operand) for operand in operands]
    reached = _walk(roots, starts, keep, create_graph, targets)
    gradients = [reached[target][0] if target in reached else None for target in targets]
    if materialize_grads:
        return arguments.materialized(gradients, operands, create_graph)
    if not allow_unused:
        arguments.check_used(gradients)
    return tuple(gradients)  # type: ignore[arg-type]


def _walk(
    roots: Sequence[Tensor],
    starts: Sequence[Tensor],
    retain_graph: bool,
    create_graph: bool,
    targets: Sequence[Edge] | None = None,
    accumulating: bool = False,
) -> dict[Edge, tuple[Tensor, bool]]:
    """Walk from the roots; return what arrived at leaves or targets, and whether it is fresh.

    With targets, only nodes that lead to one of them are visited. A leaf's hooks are called as
    soon as its gradient is complete; if accumulating, it is added to `.grad` then, others at the
    end, and not returned. If the walk fails, those that are complete are added.
    """
    wanted: set[Edge] = {target for target in targets or () if target is not None}
    useful = None if targets is None else leading_to(wanted, roots)
    arrived: dict[Edge, tuple[Any, bool]] = {}
    results: dict[Edge, tuple[Tensor, bool]] = {}
    heap: list[tuple[int, Node]] = []
    completed: dict[Node, list[Tensor]] | None = None  # looked up at the first leaf with hooks
    watching = launch.observer()

    def arrive(edges: Sequence[Edge], gradients: Gradients, fresh: bool) -> None:
        nonlocal completed
        for position, edge in enumerate(edges):  # which is quicker than zip
            gradient = gradients[position]
            if edge is None or gradient is None or (useful is not None and edge not in useful):
                continue
            new = (gradient, fresh)
            known = arrived.setdefault(edge, new)
            if known is not new:
                arrived[edge] = (known[0] + gradient, True)
            elif isinstance(edge, Node):
                heappush(heap, (-edge.sequence, edge))
            elif edge._hooks is not None and completed is None:
                completed = completed_by(roots, useful)

    def complete(leaves: Sequence[Any]) -> None:
        for leaf in leaves:
            if leaf in arrived and leaf._hooks is not None:
                results[leaf] = (leaf._hooks.arrived(arrived.pop(leaf)[0]), False)
                if accumulating:
                    accumulate({leaf: results.pop(leaf)}, create_graph)

    node: Any = None
    line = None if watching is None else watching.hold_line()
    previous = switch_gradients(create_graph)
    try:
        arrive([edge_to(root) for root in roots], starts, False)
        if useful is not None and not arrived:
            end_at_once(roots, starts)
        while heap:
            node = heappop(heap)[1]
            gradient, fresh = arrived.pop(node)
            hooks, as_it_arrived = node._hooks, gradient
            if hooks is not None:
                gradient, fresh = hooks.arrived(gradient), False
            if useful is not None:
                ends = useful.isdisjoint(node.edges)
                if node in wanted:  # PyTorch gives what hooks return only where the walk ends
                    results[node] = (gradient if ends else as_it_arrived, fresh)
                if ends:
                    continue
            if hooks is None and watching is None:
                arrive(node.edges, node.backward(gradient), node.gives_fresh_gradients)
            else:
                fresh = hooks is None and node.gives_fresh_gradients
                arrive(node.edges, _watched(node, gradient, watching), fresh)
            if not retain_graph:
                node.release()
                node.walked = True
            if completed is not None:
                complete(completed.pop(node, ()))
        if completed is not None:
            complete([*arrived])
    except Exception:
        if accumulating:
            accumulate(complete_before(arrived, node), create_graph)
        raise
    else:
        if accumulating:
            accumulate(arrived, create_graph)  # type: ignore[arg-type]
        results.update(arrived)
    finally:
        switch_gradients(previous)
        if watching is not None:
            watching.release_line(line)
    return results


def _watched(node: Node, gradient: Any, watching: launch.Observer | None) -> Gradients:
    """What a node makes of a gradient, where there are hooks or an observer."""
    hooks = node._hooks
    given = node.several(gradient)
    if hooks is not None and hooks.before:
        given = hooks.through_before(given)
        gradient = node.one(given)
    if gradient is None:
        passed: Gradients = [None] * len(node.edges)
    else:
        passed = node.backward(gradient) if watching is None else watching.passed(node, gradient)
    return passed if hooks is None else hooks.through_after(tuple(passed), given)
