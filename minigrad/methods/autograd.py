"""Tensors have a place in the graph, and gradients."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .. import structure
from ..dtypes import NAMES_IN_C
from ..grad_mode import mode
from ..handles import RemovableHandle, attach
from ..hooks import hooks_of
from ..inference import is_inference
from ..launch import observer

if TYPE_CHECKING:
    from ..autograd import Node
    from ..tensor import Tensor


class Autograd:
    """Whether gradients are wanted, where they are, and who is to see them."""

    __slots__ = ()

    @property
    def requires_grad(self: Tensor) -> bool:
        """Whether gradients with respect to this tensor are wanted."""
        if self._base is None or self._node is not None:
            return self._requires_grad
        return self._base[3] or self._base[0]._requires_grad  # as a view's base does by now

    @requires_grad.setter
    def requires_grad(self: Tensor, value: bool) -> None:
        if not isinstance(value, bool):
            raise RuntimeError("requires_grad must be a bool")
        if value and self.array.dtype.kind != "f":
            raise RuntimeError(
                "only Tensors of floating point and complex dtype can require gradients"
            )
        if value and is_inference(self) and not mode.inference:
            raise RuntimeError(
                "Setting requires_grad=True on inference tensor outside InferenceMode is not "
                "allowed."
            )
        if self._node is not None:
            instead = (
                " If you want to use a computed variable in a subgraph that doesn't require "
                "differentiation use var_no_grad = var.detach()."
            )
            raise RuntimeError(
                "you can only change requires_grad flags of leaf variables."
                f"{'' if value else instead}"
            )
        structure.bump()
        self._want_gradient(value)

    def requires_grad_(self: Tensor, requires_grad: bool = True) -> Tensor:
        """Say whether gradients are wanted, and return the tensor.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.zeros(2).requires_grad_()
        tensor([0., 0.], requires_grad=True)
        """
        if not isinstance(requires_grad, bool):
            raise TypeError(
                "requires_grad_(): argument 'requires_grad' (position 1) must be bool, not "
                f"{type(requires_grad).__name__}"
            )
        if requires_grad and self.array.dtype.kind != "f":
            raise RuntimeError("only Tensors of floating point dtype can require gradients")
        if self._node is None or not requires_grad:
            self.requires_grad = requires_grad
        return self

    def is_inference(self: Tensor) -> bool:
        """Whether it was made in inference mode.

        Examples
        --------
        >>> import minigrad as torch
        >>> with torch.inference_mode():
        ...     x = torch.ones(2)
        >>> x.is_inference()
        True
        """
        return is_inference(self)

    @property
    def grad(self: Tensor) -> Tensor | None:
        """What `backward` has found, or None; a sum over all walks until it is set to None."""
        watching = observer()
        if watching is not None:
            watching.reading_gradients((self,))
        if self._grad is None and self._node is not None and not self.retains_grad:
            warnings.warn(
                "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its "
                ".grad attribute won't be populated during autograd.backward(). If you indeed "
                "want the .grad field to be populated for a non-leaf Tensor, use .retain_grad() "
                "on the non-leaf Tensor. If you access the non-leaf Tensor by mistake, make sure "
                "you access the leaf Tensor instead.",
                stacklevel=2,
            )
        return self._grad

    @grad.setter
    def grad(self: Tensor, value: Tensor | None) -> None:
        if value is not None:
            _check_gradient(self, value)
        self._grad = value
        watching = observer()
        if watching is not None:
            watching.gradient_assigned(self, value)

    @grad.deleter
    def grad(self: Tensor) -> None:
        """What `backward` has found, or None; a sum over all walks until it is set to None."""
        self.grad = None

    @property
    def grad_fn(self: Tensor) -> Node | None:
        """The node that made this tensor; None for a leaf."""
        node = self._with_history()._node
        return None if node is None else node.shown[0]

    @property
    def output_nr(self: Tensor) -> int:
        """Which of the results of its `grad_fn` it is."""
        node = self._node
        return 0 if node is None else node.shown[1]

    @property
    def is_leaf(self: Tensor) -> bool:
        """Whether no operation with a gradient made it."""
        return self._with_history()._node is None

    def register_hook(self: Tensor, hook: Callable[[Tensor], Tensor | None]) -> RemovableHandle:
        """Call `hook(grad)` when this tensor's gradient is known; it may return another.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.ones(2, requires_grad=True)
        >>> handle = x.register_hook(lambda grad: grad * 10)
        >>> x.sum().backward()
        >>> x.grad
        tensor([10., 10.])
        >>> handle.remove()
        """
        _check_hook(self)
        node = self._with_history()._node
        return attach(hooks_of(self if node is None else node.place).tensor, hook)

    def register_post_accumulate_grad_hook(
        self: Tensor, hook: Callable[[Tensor], None]
    ) -> RemovableHandle:
        """Call `hook(tensor)` whenever a gradient has been added to this leaf's `.grad`.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.ones(2, requires_grad=True)
        >>> _ = x.register_post_accumulate_grad_hook(lambda leaf: print(leaf.grad))
        >>> x.sum().backward()
        tensor([1., 1.])
        >>> (x * 2).sum().backward()
        tensor([3., 3.])
        """
        _check_hook(self)
        if not self.is_leaf:
            raise RuntimeError(
                "post accumulate grad hooks cannot be registered on non-leaf tensors"
            )
        return attach(hooks_of(self).accumulated, hook)

    def retain_grad(self: Tensor) -> None:
        """Have `.grad` given to this tensor although it is no leaf; to a leaf it is anyway.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.ones(2, requires_grad=True)
        >>> y = x * 2
        >>> y.retain_grad()
        >>> y.sum().backward()
        >>> y.grad
        tensor([1., 1.])
        """
        if not self.requires_grad:
            raise RuntimeError("can't retain_grad on Tensor that has requires_grad=False")
        node = self._with_history()._node
        if node is not None:
            hooks_of(node.place).keep_gradient_of(self)

    @property
    def retains_grad(self: Tensor) -> bool:
        """Whether `retain_grad` was called on this tensor, which is no leaf."""
        hooks = None if self._node is None else self._node.place._hooks
        return hooks is not None and hooks.keeps_gradient_of(self)


def _check_hook(tensor: Tensor) -> None:
    if not tensor.requires_grad:
        raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")


def _check_gradient(tensor: Tensor, value: Any) -> None:
    """Raise if a value cannot be a tensor's `.grad`."""
    is_tensor = isinstance(value, Autograd)  # which every tensor is
    if not is_tensor:
        raise TypeError(
            "assigned grad expected to be a Tensor or None but got grad of type "
            f"{type(value).__name__}"
        )
    if value is tensor:
        raise RuntimeError("can't assign Variable as its own grad")
    if value.array.dtype != tensor.array.dtype:
        found = NAMES_IN_C[value.array.dtype.char]
        raise RuntimeError(
            f"attempting to assign a gradient with dtype '{found}' to a tensor with dtype "
            f"'{tensor.dtype.scalar_type}'. The gradient must match the "
            "tensor's dtype."
        )
    if value.array.shape != tensor.array.shape:
        raise RuntimeError(
            f"attempting to assign a gradient of size '{list(value.array.shape)}' to a tensor of "
            f"size '{list(tensor.array.shape)}'. Please ensure that the gradient and the tensor "
            "are the same size"
        )
