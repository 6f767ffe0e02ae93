"""Functions that a user attaches to a place in the graph, to see gradients or to replace them.

They hang on a node, or on a leaf. A gradient that arrives passes the tensor's hooks, then is kept
for tensors that asked with `retain_grad`, then passes the node's hooks: those before its
backward and those after. A leaf has instead those that follow when its `.grad` is complete.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias
from weakref import ref

from .launch import observer

if TYPE_CHECKING:
    from .autograd import Node
    from .tensor import Tensor

Several: TypeAlias = "tuple[Tensor | None, ...]"

# Held while a gradient is added to a tensor's `.grad`: several threads may add to one, and neither
# looking whether there is one and giving it, nor NumPy's adding, is one step to Python.
adding = threading.RLock()


class Hooks:
    """The hooks at one place in the graph, each kind by number."""

    __slots__ = ("accumulated", "after", "before", "reshaped", "retaining", "tensor")

    def __init__(self) -> None:
        self.tensor: dict[int, Callable[[Tensor], Tensor | None]] = {}
        self.retaining: list[ref[Tensor]] = []  # tensors that want to keep their gradient
        self.reshaped: list[ref[Tensor]] = []  # those that keep one from before they were reshaped
        self.before: dict[int, Callable[[Several], Any]] = {}
        self.after: dict[int, Callable[[Several, Several], Any]] = {}
        self.accumulated: dict[int, Callable[[Tensor], None]] = {}

    def __iter__(self) -> Iterator[int]:
        for kind in (self.tensor, self.before, self.after, self.accumulated):
            yield from kind

    def __bool__(self) -> bool:
        return any(True for _ in self)

    def arrived(self, gradient: Tensor) -> Tensor:
        """The gradient of a tensor after its hooks have seen it and perhaps given another."""
        for hook in tuple(self.tensor.values()):
            replaced = hook(gradient)
            if replaced is not None:
                gradient = _checked(replaced, gradient, hook)
        for tensor in [each() for each in self.retaining]:
            if tensor is not None and tensor.retains_grad:
                _retain(tensor, gradient)
        return gradient

    def through_before(self, gradients: Several) -> Several:
        """What arrives at a node, after the hooks before its backward."""
        return _through(self.before, gradients)

    def through_after(self, given: Several, arrived: Several) -> Several:
        """What leaves a node, after the hooks that come after its backward."""
        return _through(self.after, given, arrived)

    def keep_gradient_of(self, tensor: Tensor) -> None:
        if not self.keeps_gradient_of(tensor):
            self.retaining.append(ref(tensor))

    def move_to(self, tensor: Tensor) -> None:
        """Let the node that a tensor has by now keep its gradient, if this one's did."""
        if self.keeps_gradient_of(tensor) and tensor._node is not None:
            place = hooks_of(tensor._node)
            for mine, its in (
                (self.retaining, place.retaining),
                (self.reshaped, place.reshaped),
            ):
                its += [each for each in mine if each() is tensor]
                mine[:] = [each for each in mine if each() is not tensor]

    def stay_from(self, tensor: Tensor) -> None:
        """Keep the gradient from before a new shape in place, which gave a tensor a new node."""
        if self.keeps_gradient_of(tensor) and tensor._node is not None:
            hooks_of(tensor._node).reshaped.append(ref(tensor))

    def keeps_gradient_of(self, tensor: Tensor) -> bool:
        return any(each() is tensor for each in (*self.retaining, *self.reshaped))


def hooks_of(place: Node | Tensor) -> Hooks:
    """The hooks at a node or a leaf, where some are to be added."""
    if place._hooks is None:
        place._hooks = Hooks()
    return place._hooks


def _through(
    hooks: Mapping[int, Callable[..., Any]], gradients: Several, *more: Several
) -> Several:
    for hook in tuple(hooks.values()):
        replaced = hook(gradients, *more)
        if replaced is None:
            continue
        if not isinstance(replaced, tuple):
            raise TypeError(f"expected tuple, but hook returned '{type(replaced).__name__}'")
        if len(replaced) != len(gradients):
            raise RuntimeError(
                f"hook '{_name(hook)}' has returned an incorrect number of values (got "
                f"{len(replaced)}, but expected {len(gradients)})"
            )
        pairs = zip(replaced, gradients, strict=True)
        gradients = tuple(None if new is None else _checked(new, old, hook) for new, old in pairs)
    return gradients


def _checked(replaced: Any, gradient: Tensor | None, hook: Callable[..., Any]) -> Tensor:
    """What a hook returned, if it is a gradient of the same kind."""
    from .tensor import Tensor  # here, because tensors have hooks

    if gradient is None:
        raise RuntimeError("can't replace a None gradient with a non-None value")
    if not isinstance(replaced, Tensor):
        raise TypeError(f"expected Variable, but hook returned '{type(replaced).__name__}'")
    if replaced.dtype != gradient.dtype:
        raise RuntimeError(
            f"hook '{_name(hook)}' has changed the type of value (was {gradient.type()} got "
            f"{replaced.type()})"
        )
    if replaced.shape != gradient.shape:
        raise RuntimeError(f"hook '{_name(hook)}' has changed the size of value")
    return replaced


def _name(hook: Callable[..., Any]) -> str:
    return getattr(hook, "__name__", "<unknown>")


def _retain(tensor: Tensor, gradient: Tensor) -> None:
    """Add to the `.grad` of a tensor that is no leaf."""
    with adding:
        known = tensor._grad
        tensor._grad = gradient.clone() if known is None else known + gradient
    watching = observer()
    if watching is not None:
        watching.gradient_assigned(tensor, tensor._grad)
