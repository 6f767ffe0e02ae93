"""Gradients for each gradient of a batch: a walk for each, and what they give stacked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .. import functions
from ..tensor import Tensor
from .arguments import Given, Outputs, listed_inputs, listed_outputs, materialized


def gradients_of_batch(
    grad: Callable[..., tuple[Tensor | None, ...]],
    outputs: Outputs,
    inputs: Any,
    grad_outputs: Given,
    retain_graph: bool | None,
    create_graph: bool,
    allow_unused: bool | None,
    materialize_grads: bool,
) -> tuple[Tensor, ...]:
    """What `grad` gives for grad_outputs whose first dimension counts them."""
    roots, operands = listed_outputs(outputs), listed_inputs(inputs)
    several = not (grad_outputs is None or isinstance(grad_outputs, Tensor))
    given: list[Any] = list(grad_outputs) if several else [grad_outputs]  # type: ignore[arg-type]
    count = _size_of_batch(roots, given)
    keep = create_graph if retain_graph is None else retain_graph
    rows = []
    for k in range(count):
        starts = [each[k] for each in given]
        retain = keep or k < count - 1
        unused = allow_unused or materialize_grads
        rows.append(grad(roots, operands, starts, retain, create_graph, True, unused))
    columns = zip(*rows, strict=True)
    stacked = [None if one[0] is None else functions.joining.stack(one) for one in columns]
    if materialize_grads:
        return materialized(stacked, operands, create_graph)
    return tuple(stacked)  # type: ignore[arg-type]


def _size_of_batch(roots: Sequence[Tensor], given: Sequence[Any]) -> int:
    """How many gradients there are of each output; an error if they do not fit."""
    for position, (root, gradients) in enumerate(zip(roots, given, strict=False)):
        if gradients is None:
            if root.numel() != 1:
                raise RuntimeError("grad can be implicitly created only for scalar outputs")
            raise ValueError("is_grads_batched=True needs gradients that it can count, got None")
        if gradients[0].shape != root.shape:
            raise RuntimeError(
                "If `is_grads_batched=True`, we interpret the first dimension of each grad_output "
                "as the batch dimension. The sizes of the remaining dimensions are expected to "
                "match the shape of corresponding output, but a mismatch was detected: "
                f"grad_output[{position}] has a shape of {gradients.shape} and "
                f"output[{position}] has a shape of {root.shape}."
            )
    sizes = [len(gradients) for gradients in given]
    if len(set(sizes)) > 1:
        raise ValueError(f"is_grads_batched=True: gradients have different first sizes: {sizes}")
    return sizes[0]
