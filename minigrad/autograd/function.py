"""An operation whose gradient a user writes.

`Function.apply` runs `forward` without a graph and gives the results one node, which calls
`backward`. If there are several results, each has a node `Output` between itself and that one.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from .. import functions
from ..grad_mode import mode, no_grad
from ..inference import version_of
from ..primitives.restrictions import NO_GRAD
from ..tensor import Tensor
from .context import FunctionCtx
from .differentiable_once import once_differentiable
from .function_node import FunctionNode
from .node import edge_to

__all__ = ["Function", "FunctionCtx", "once_differentiable"]

VIEW = (
    "This view was created inside a custom Function (or because an input was returned as-is) and "
    "the autograd logic to handle view+inplace would override the custom backward associated with "
    "the custom Function, leading to incorrect gradients. This behavior is forbidden. You can fix "
    "this by cloning the output of the custom Function."
)


class Function:
    """Base class of operations with a gradient of their own.

    A subclass has two static methods. `forward(ctx, *args)` computes, and keeps in `ctx` what
    `backward(ctx, *grads)` needs; that one is given a gradient for each result and returns
    one for each argument, None for those that are no tensors. Instead `forward(*args)` may
    come with `setup_context(ctx, inputs, output)`. In `forward` no graph is made; `backward` is
    differentiated itself if it consists of operations on tensors.

    Examples
    --------
    >>> import minigrad as torch
    >>> class Exp(torch.autograd.Function):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         result = x.exp()
    ...         ctx.save_for_backward(result)
    ...         return result
    ...
    ...     @staticmethod
    ...     def backward(ctx, grad):
    ...         (result,) = ctx.saved_tensors
    ...         return grad * result
    >>> x = torch.zeros(1, requires_grad=True)
    >>> Exp.apply(x)
    tensor([1.], grad_fn=<ExpBackward>)
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise RuntimeError(
            "Legacy autograd function with non-static forward method is deprecated. Please use "
            "new-style autograd function with static forward method."
        )

    @staticmethod
    def forward(*args: Any, **kwargs: Any) -> Any:
        """Compute the results; every subclass defines its own."""
        raise NotImplementedError(
            "You must implement the forward function for custom autograd.Function."
        )

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> Any:
        """Keep in `ctx` what `backward` needs, if `forward` is not given it."""
        raise NotImplementedError("setup_context is not implemented.")

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Any) -> Any:
        """Give the gradients of the arguments; every subclass defines its own."""
        raise NotImplementedError(
            "You must implement either the backward or vjp method for your custom "
            "autograd.Function to use it with backward mode AD."
        )

    vjp = backward

    @classmethod
    def apply(cls, *args: Any, **kwargs: Any) -> Any:
        """Compute the results of `forward`, and join the graph."""
        separate = cls.setup_context is not Function.setup_context
        if kwargs or separate:
            args = _bound(cls.forward, separate, args, kwargs)
        operands = [each if isinstance(each, Tensor) else None for each in args]
        context = FunctionCtx(tuple(each is not None and each.requires_grad for each in operands))
        in_graph = mode.grad_enabled and any(context.needs_input_grad)
        # As they are before they are changed.
        edges = [edge_to(each) for each in operands] if in_graph else []
        with no_grad():
            if separate:
                given = cls.forward(*args)
                cls.setup_context(context, args, given)
            else:
                given = cls.forward(context, *args)
        several = given if isinstance(given, tuple) else (given,)
        unchanged = [each for each in operands if not _is_among(each, context.dirty_tensors)]
        _check_changed(context, operands, several, in_graph)
        results = [
            _of_its_own(each, operands, context, cls.__name__ if in_graph else "")
            if isinstance(each, Tensor)
            else each
            for each in several
        ]
        if in_graph:
            node = FunctionNode(cls, context, edges, operands, results)
            node.give_places(results, _numbers(context.non_differentiable, several))
            kept = [None if _is_among(each, unchanged) else each for each in context.to_save]
            node.save(context.to_save, _numbers(kept, several))
        for number in _numbers(context.dirty_tensors, several):
            assert number is not None
            changed, result = several[number], results[number]
            if result.requires_grad or not changed.requires_grad:
                functions.rewriting.rewrite(changed, result)
                results[number] = changed
        context.forget_tensors()
        return tuple(results) if isinstance(given, tuple) else results[0]


def _bound(
    forward: Callable[..., Any], separate: bool, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[Any, ...]:
    """All arguments by position, with defaults where `setup_context` is to see them."""
    context = () if separate else (None,)
    try:
        bound = inspect.signature(forward).bind(*context, *args, **kwargs)
    except TypeError as error:
        raise TypeError(f"forward() {error}") from None
    if separate:
        bound.apply_defaults()
    for name in bound.kwargs:
        raise TypeError(f"forward() got an unexpected keyword argument {name!r}")
    return bound.args[len(context) :]


def _is_among(tensor: Tensor | None, tensors: Sequence[Tensor | None]) -> bool:
    return tensor is not None and any(each is tensor for each in tensors)


def _numbers(tensors: Sequence[Tensor | None], results: tuple[Any, ...]) -> list[int | None]:
    """Of each tensor, which of the results it is."""
    found: list[int | None] = []
    for tensor in tensors:
        numbers = [k for k, each in enumerate(results) if tensor is not None and each is tensor]
        found.append(numbers[-1] if numbers else None)
    return found


def _check_changed(
    context: FunctionCtx,
    operands: list[Tensor | None],
    results: tuple[Any, ...],
    in_graph: bool,
) -> None:
    """Check the arguments that were changed in place, which have to be among the results."""
    for tensor in context.dirty_tensors:
        if not _is_among(tensor, operands) or not _is_among(tensor, results):
            raise RuntimeError(
                "Some elements marked as dirty during the forward method were not returned as "
                "output. The inputs that are modified inplace must all be outputs of the Function."
            )
        tensor._bump_version()
        functions.rewriting.check(tensor, in_graph)
        if in_graph and tensor._base is not None and len(results) > 1:
            raise RuntimeError(
                "If your Function modifies inplace an input that is a view of another Tensor, "
                "your Function cannot return more than one Tensor. This is not supported by the "
                "current autograd engine. You should either make sure the input is not a view "
                "(using .clone() for example) or make your Function only return one Tensor "
                "(potentially splitting it into two Functions: one doing the inplace that returns "
                "a single Tensor and a second one that does the other operations)."
            )


def _of_its_own(
    result: Tensor, operands: list[Tensor | None], context: FunctionCtx, name: str
) -> Tensor:
    """A result that can be given a place in the graph: one that has none, or is to lose it.

    A view is never to be changed in place, and the message names the Function; without a name it
    gets no place.
    """
    if _is_among(result, context.dirty_tensors):
        return result.detach()  # which the changed one gets the history of
    message = f"Output 0 of {name} is a view and is being modified inplace. {VIEW}"
    forbidden = message if name else NO_GRAD
    is_operand = _is_among(result, operands)
    is_leaf = result._requires_grad and result._base is None
    if not is_operand and result._node is None and not is_leaf:
        if result._base is not None and name:
            result._base = (*result._base[:2], forbidden, False)
        return result
    alias = result.detach()
    # What no gradient flows through is no view of the argument: it would want one as that does.
    constant = bool(name) and _is_among(result, context.non_differentiable)
    if is_operand and not constant and (name or not result.requires_grad):
        base = result._base[0] if result._base else result
        alias._base = (base, version_of(base), forbidden, False)
    return alias
