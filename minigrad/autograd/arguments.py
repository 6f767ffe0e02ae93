"""The arguments of `backward` and `grad`: what they may be, and what stands for missing ones."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from operator import index
from typing import Any, TypeAlias

from .. import arrays
from ..primitives.constants import zeros_like
from ..tensor import Tensor, tensor_of

Outputs: TypeAlias = Tensor | Sequence[Tensor]
Inputs: TypeAlias = Tensor | Sequence[Tensor] | Mapping[str, Tensor]
Given: TypeAlias = Tensor | Sequence[Tensor | None] | None


def listed_outputs(tensors: Outputs) -> list[Tensor]:
    """What is differentiated, one tensor or several, as a list."""
    if isinstance(tensors, Tensor):
        return [tensors]
    found = list(tensors)
    if not all(isinstance(each, Tensor) for each in found):
        raise AssertionError("Expected output to be a minigrad.Tensor")
    return found


def listed_inputs(tensors: Inputs) -> list[Tensor]:
    """What is differentiated by, one tensor or several, as a list."""
    if isinstance(tensors, Tensor):
        return [tensors]
    found = list(tensors.values() if isinstance(tensors, Mapping) else tensors)
    for each in found:
        if not isinstance(each, Tensor):
            raise RuntimeError(f"all inputs have to be Tensors, but got {type(each).__name__}")
    return found


def renamed(former: Given, present: Given) -> Given:
    """What was given under a name that is no longer used."""
    warnings.warn(
        "`grad_variables` is deprecated. Use `grad_tensors` instead.", FutureWarning, stacklevel=3
    )
    if present is not None:
        raise RuntimeError(
            "`grad_tensors` and `grad_variables` (deprecated) arguments both passed to "
            "`backward()`. Please only use `grad_tensors`."
        )
    return former


def initial_gradients(roots: Sequence[Tensor], given: Given) -> list[Tensor]:
    """The gradients that the walk starts with: those given, or 1 for a scalar."""
    if given is None and len(roots) == 1:
        return [_initial_gradient(0, roots[0], None)]
    starts_given = [given] if given is None or isinstance(given, Tensor) else list(given)
    # As in PyTorch, which takes more of them than there are outputs, whatever they are.
    starts_given = (starts_given * len(roots) if given is None else starts_given)[: len(roots)]
    for start in starts_given:
        if start is not None and not isinstance(start, Tensor):
            kind = type(start).__name__
            raise TypeError(f"gradients can be either Tensors or None, but got {kind}")
    if len(starts_given) != len(roots):
        raise RuntimeError(f"got {len(roots)} tensors and {len(starts_given)} gradients")
    return [
        _initial_gradient(position, root, start)
        for position, (root, start) in enumerate(zip(roots, starts_given, strict=True))
    ]


def _initial_gradient(position: int, root: Tensor, start: Any) -> Tensor:
    if not root.requires_grad or _is_only_a_view(root):
        raise RuntimeError(
            f"element {position} of tensors does not require grad and does not have a grad_fn"
        )
    if start is None:
        if root.array.size != 1:
            raise RuntimeError("grad can be implicitly created only for scalar outputs")
        return tensor_of(arrays.full(root.array.shape, root.array.dtype, 1.0))
    if start.shape != root.shape:
        raise RuntimeError(
            f"Mismatch in shape: grad_output[{position}] has a shape of {start.shape} and "
            f"output[{position}] has a shape of {root.shape}."
        )
    return start.to(root.dtype)


def _is_only_a_view(root: Tensor) -> bool:
    """Whether it wants gradients as its base does, and was made where no graph was."""
    if root._base is None or root._node is not None:
        return False
    return root._with_history()._node is None and not root._base[3]


def check_switches(only_inputs: bool, allow_unused: bool | None, materialize_grads: bool) -> None:
    """Raise, or warn, for what `grad` is asked to do and does not."""
    if not only_inputs:
        warnings.warn(
            "only_inputs argument is deprecated and is ignored now (defaults to True). To "
            "accumulate gradient for other parts of the graph, please use "
            "minigrad.autograd.backward.",
            FutureWarning,
            stacklevel=3,
        )
    if materialize_grads and allow_unused is False:
        raise ValueError(
            "Expected allow_unused to be True or not passed when materialize_grads=True, but got: "
            "allow_unused=False."
        )
    index(materialize_grads if allow_unused is None else allow_unused)


def read_switches(retain_graph: bool | None, create_graph: bool) -> tuple[bool, bool]:
    """Whether saved tensors are kept, and whether gradients are to be differentiable."""
    wanted = bool(index(create_graph))
    return wanted if retain_graph is None else bool(index(retain_graph)), wanted


def warn_of_cycle() -> None:
    warnings.warn(
        "Using backward() with create_graph=True will create a reference cycle between the "
        "parameter and its gradient which can cause a memory leak. We recommend using "
        "autograd.grad when creating the graph to avoid this. If you have to use this function, "
        "make sure to reset the .grad fields of your parameters to None after use to break the "
        "cycle and avoid the leak.",
        stacklevel=4,  # the line that calls a tensor's backward()
    )


def check_used(gradients: Sequence[Tensor | None]) -> None:
    """Raise if there is a gradient missing."""
    for position, gradient in enumerate(gradients):
        if gradient is None:
            raise RuntimeError(
                f"The differentiated Tensor at index {position} appears to not have been used in "
                "the graph. Set allow_unused=True if this is the desired behavior."
            )


def materialized(
    gradients: Sequence[Tensor | None], operands: Sequence[Tensor], create_graph: bool
) -> tuple[Tensor, ...]:
    """The gradients, with zeros for those missing."""
    return tuple(
        zeros_like(operand, create_graph) if gradient is None else gradient
        for gradient, operand in zip(gradients, operands, strict=True)
    )
