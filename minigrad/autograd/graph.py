"""What do users ask of the graph: gradients into `.grad` of leaves, or gradients by some tensors.

Here arguments are read and checked; `walk` does what they ask for.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..tensor import Tensor
from . import arguments
from .arguments import Inputs, Outputs
from .node import place_of
from .walk import walk


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
    walk(roots, starts, keep, create_graph, targets, accumulating=True)


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
        Whether that gradient is zeros instead.

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
    reached = walk(roots, starts, keep, create_graph, targets)
    gradients = [reached[target][0] if target in reached else None for target in targets]
    if materialize_grads:
        return arguments.materialized(gradients, operands, create_graph)
    if not allow_unused:
        arguments.check_used(gradients)
    return tuple(gradients)  # type: ignore[arg-type]
