"""What `forward` of a Function keeps for `backward`, and says about its results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import ref

from ..tensor import Tensor

if TYPE_CHECKING:
    from .function_node import FunctionNode


class FunctionCtx:
    """What the methods of a Function have in common: `ctx`. It may be given any attributes.

    Attributes
    ----------
    needs_input_grad : tuple of bool
        For each argument whether its gradient is wanted.

    Examples
    --------
    >>> import minigrad as torch
    >>> class Cube(torch.autograd.Function):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         ctx.save_for_backward(x)
    ...         return x**3
    ...
    ...     @staticmethod
    ...     def backward(ctx, grad):
    ...         (x,) = ctx.saved_tensors
    ...         return 3 * x**2 * grad
    >>> x = torch.tensor(2.0, requires_grad=True)
    >>> Cube.apply(x).backward()
    >>> x.grad
    tensor(12.)
    """

    def __init__(self, needs_input_grad: tuple[bool, ...]) -> None:
        self.needs_input_grad = needs_input_grad
        self.to_save: tuple[Tensor | None, ...] = ()
        self.dirty_tensors: tuple[Tensor, ...] = ()
        self.non_differentiable: tuple[Tensor, ...] = ()
        self.materialize_grads = True
        self._node: ref[FunctionNode] | None = None

    def save_for_backward(self, *tensors: Tensor | None) -> None:
        """Keep tensors: arguments, results or others. That none changes meanwhile is checked.

        What is no tensor is refused once `forward` is through, if there will be a backward.
        """
        self.to_save = tensors

    @property
    def saved_tensors(self) -> tuple[Tensor, ...]:  # and None where None was saved
        """What `save_for_backward` kept; in `forward` it is not there yet."""
        node = None if self._node is None else self._node()
        return () if node is None else node.unpacked()  # type: ignore[return-value]

    def mark_dirty(self, *tensors: Tensor) -> None:
        """Say that arguments were changed in place; they have to be returned."""
        _check_tensors(tensors, "mark_dirty can only accept variables, but argument")
        self.dirty_tensors = tensors

    def mark_non_differentiable(self, *tensors: Tensor) -> None:
        """Say that no gradient flows through these results."""
        _check_tensors(tensors, "mark_non_differentiable only accepts variable arguments, but")
        self.non_differentiable = tensors

    def set_materialize_grads(self, value: bool) -> None:
        """Whether a gradient that nothing flowed into is zeros in `backward`; else it is None."""
        if not isinstance(value, bool):
            raise TypeError(
                "set_materialize_grads(): argument 'value' must be bool, not "
                f"{type(value).__name__}"
            )
        self.materialize_grads = value

    def forget_tensors(self) -> None:
        """Let go of what `forward` named: a result among it would keep the graph alive."""
        self.to_save = self.dirty_tensors = self.non_differentiable = ()


def _check_tensors(values: tuple[Any, ...], message: str) -> None:
    for each in values:
        if not isinstance(each, Tensor):
            raise RuntimeError(f"{message} got {type(each).__name__}")
