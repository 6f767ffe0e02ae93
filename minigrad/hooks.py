"""Functions that a user attaches to a tensor, to see its gradient or to replace it."""

from __future__ import annotations

from collections.abc import Callable

from .tensor import Tensor

Hooks = dict[int, Callable[[Tensor], Tensor | None]]


def through_hooks(hooks: Hooks, gradient: Tensor) -> Tensor:
    """The gradient after each hook has seen it and perhaps given another of its kind."""
    for hook in list(hooks.values()):
        replaced = hook(gradient)
        if replaced is None:
            continue
        if not isinstance(replaced, Tensor):
            raise TypeError(f"expected Tensor, but hook returned '{type(replaced).__name__}'")
        if (replaced.shape, replaced.dtype) != (gradient.shape, gradient.dtype):
            raise RuntimeError(
                f"hook has changed a gradient from {gradient.dtype} of {gradient.shape} to "
                f"{replaced.dtype} of {replaced.shape}"
            )
        gradient = replaced
    return gradient
