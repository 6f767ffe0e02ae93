"""How do functions that a user attaches see the gradients that pass a module on the way back?

The module's arguments, and its outputs, are led through an operation that does nothing. The
node of the outputs' is the first that gradients come to, that of the arguments' the last.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from ..autograd import Function
from ..autograd.node import Node
from ..grad_mode import is_grad_enabled
from ..tensor import Tensor

if TYPE_CHECKING:
    from .module import Module

Gradients = tuple[Tensor | None, ...]


class BackwardHookFunction(Function):
    """Tensors pass, and on the way back gradients."""

    @staticmethod
    def forward(ctx: Any, *tensors: Tensor) -> tuple[Tensor, ...]:
        ctx.mark_non_differentiable(*[each for each in tensors if not each.requires_grad])
        return tensors

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, ...]:
        return gradients


class BackwardHooks:
    """One call of a module whose gradients are to be seen when they come back."""

    def __init__(self, module: Module) -> None:
        self.module = module
        hooks = tuple(module._module_hooks.values())
        self.before = [each.function for each in hooks if each.kind == "backward_pre"]
        self.after = [each.function for each in hooks if each.kind == "backward"]
        self.inputs: list[int] | None = None  # which of the arguments are tensors
        self.outputs: list[int] = []
        self.input_count = self.output_count = 0
        self.grad_output: Gradients | None = None

    def around_arguments(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """The arguments, with an operation behind them."""
        if not self.before and not self.after:
            return args
        self.input_count = len(args)
        passed, positions, node = _led_through(args)
        if node is not None:
            self.inputs = positions
            node.register_hook(self._at_inputs)
        return passed

    def around_output(self, output: Any) -> Any:
        """The output, with an operation before it."""
        if not self.before and not self.after:
            return output
        if not isinstance(output, (Tensor, tuple)):
            warnings.warn(
                "For backward hooks to be called, module output should be a Tensor or a tuple of "
                f"Tensors but received {type(output)}",
                stacklevel=4,
            )
            return output
        outputs = output if isinstance(output, tuple) else (output,)
        self.output_count = len(outputs)
        passed, self.outputs, node = _led_through(outputs)
        if node is not None:
            node.register_prehook(self._at_outputs)
        return passed if isinstance(output, tuple) else passed[0]

    def _at_outputs(self, gradients: Gradients) -> Gradients | None:
        """The gradients have come to the module."""
        self.grad_output = _spread(gradients, self.outputs, self.output_count)
        for hook in self.before:
            given = hook(self.module, self.grad_output)
            if given is not None:
                checked = _checked(given, self.output_count, "Backward pre hook", "grad_output")
                self.grad_output = checked
        changed = self.grad_output
        if self.inputs is None:
            self._without_inputs()
        return tuple(changed[position] for position in self.outputs)

    def _without_inputs(self) -> None:
        """Call the hooks here already, since no gradient will come to the arguments."""
        if self.after:
            warnings.warn(
                "Full backward hook is firing when gradients are computed with respect to module "
                "outputs since no inputs require gradients.",
                stacklevel=11,  # the line that calls backward()
            )
        for hook in self.after:
            given = hook(self.module, (None,) * self.input_count, self.grad_output)
            is_tuple = isinstance(given, tuple)
            if given is not None and not (is_tuple and all(each is None for each in given)):
                raise RuntimeError(
                    "Backward hook for Modules where no input requires gradient should always "
                    "return None or None for all gradients."
                )
        self.grad_output = None

    def _at_inputs(self, gradients: Gradients, _: Gradients) -> Gradients | None:
        """The gradients have passed the module."""
        assert self.inputs is not None
        if self.grad_output is None:  # they came another way: from a gradient of a gradient
            return None
        grad_input = _spread(gradients, self.inputs, self.input_count)
        for hook in self.after:
            given = hook(self.module, grad_input, self.grad_output)
            if given is not None:
                grad_input = _checked(given, self.input_count, "Backward hook", "grad_input")
        self.grad_output = None
        return tuple(grad_input[position] for position in self.inputs)


def _led_through(values: tuple[Any, ...]) -> tuple[tuple[Any, ...], list[int], Node | None]:
    """Values whose tensors came through an operation; which are tensors; the operation's node.

    There is none, and the values are as they were, where no gradient is wanted.
    """
    positions = [position for position, each in enumerate(values) if isinstance(each, Tensor)]
    if not is_grad_enabled() or not any(values[position].requires_grad for position in positions):
        return values, positions, None
    passed = BackwardHookFunction.apply(*[values[position] for position in positions])
    node = next(each.grad_fn for each in passed if each.requires_grad)
    replaced = list(values)
    for position, each in zip(positions, passed, strict=True):
        replaced[position] = each
    return tuple(replaced), positions, node


def _spread(gradients: Gradients, positions: list[int], count: int) -> Gradients:
    """Gradients of tensors, with None in the places of what is no tensor."""
    spread: list[Tensor | None] = [None] * count
    for position, gradient in zip(positions, gradients, strict=True):
        spread[position] = gradient
    return tuple(spread)


def _checked(given: Any, count: int, hook: str, what: str) -> Gradients:
    """What a hook returned, if there is one for each."""
    if not isinstance(given, Collection):
        raise TypeError(
            f"{hook} must return a tuple of {count} {what} or None, but got {type(given).__name__}"
        )
    if len(given) != count:
        raise RuntimeError(
            f"{hook} returned an invalid number of {what}, got {len(given)}, but expected {count}"
        )
    return tuple(given)
