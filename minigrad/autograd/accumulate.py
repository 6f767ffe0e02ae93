"""What happens to a gradient that arrives at a leaf: it is added to the leaf's `.grad`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from .. import arrays
from ..handles import RemovableHandle, attach
from ..hooks import Hooks, adding, hooks_of
from ..launch import Observer, observer
from ..layouts import contiguous_format
from ..memory_order import is_dense, order_of
from ..tensor import Array, Tensor

# A leaf's gradient, and whether its memory is its own.
Arrived: TypeAlias = Mapping[Tensor, tuple[Tensor, bool]]


def accumulate(arrived: Arrived, create_graph: bool) -> None:
    """Add to each leaf's `.grad` what arrived."""
    watching = observer()
    if watching is not None:
        watching.reading_gradients(arrived)
    hooked = [(leaf, leaf._hooks) for leaf in arrived if leaf._hooks is not None]
    if hooked:
        arrived = _through_before(arrived, hooked)
    with adding:
        for leaf, (gradient, fresh) in arrived.items():
            if leaf._requires_grad:  # still
                _add(leaf, gradient, fresh, create_graph, watching)
    for leaf, hooks in hooked:
        if leaf in arrived and leaf._requires_grad:
            _after(leaf, hooks, arrived[leaf][0])


def _through_before(arrived: Arrived, hooked: Sequence[tuple[Tensor, Hooks]]) -> Arrived:
    """What arrived, after the hooks before have seen it, without what they have left out."""
    found = dict(arrived)
    for leaf, hooks in hooked:
        gradient, fresh = found[leaf]
        (changed,) = hooks.through_before((gradient,)) if leaf._requires_grad else (gradient,)
        if changed is None:
            del found[leaf]
        else:
            found[leaf] = (changed, fresh and changed is gradient)
    return found


def _add(
    leaf: Tensor, gradient: Tensor, fresh: bool, create_graph: bool, watching: Observer | None
) -> None:
    """Add to `leaf.grad`: in place, unless the gradients are to be differentiable."""
    if leaf._base is not None and not leaf.is_leaf:  # a view, whose base was changed since
        raise RuntimeError("leaf variable has been moved into the graph interior")
    if gradient._requires_grad and not create_graph:  # a gradient that the caller gave
        gradient = gradient.detach()
    known = leaf._grad
    if known is not None and not create_graph:
        arrays.add_into(known.array, gradient.array)
        known._bump_version()
        return
    if known is not None:
        gradient = known + gradient
    elif not (fresh and gradient.array.flags.c_contiguous and leaf.array.flags.c_contiguous):
        gradient = _copied(gradient, leaf.array)
    else:
        gradient._base = None  # nobody has what it is a view of
    leaf._grad = gradient
    if watching is not None:
        watching.gradient_assigned(leaf, gradient)


def _copied(gradient: Tensor, leaf: Array) -> Tensor:
    """A gradient in memory of its own: as the leaf lies, if that has no gaps, else contiguous."""
    if leaf.flags.c_contiguous or not is_dense(leaf):
        return gradient.clone(memory_format=contiguous_format)
    order = order_of(leaf)
    there = gradient.permute(order).clone(memory_format=contiguous_format)
    found = there.permute(np.argsort(order).tolist())
    found._base = None  # nobody has what it is a view of
    return found


def _after(leaf: Tensor, hooks: Hooks, gradient: Tensor) -> None:
    """Call the hooks that wait for a leaf's `.grad`."""
    for hook in tuple(hooks.accumulated.values()):
        given: Any = hook(leaf)
        if given is not None and not isinstance(given, Tensor):
            raise TypeError(f"expected Variable, but hook returned '{type(given).__name__}'")
        if given is not None:
            raise RuntimeError("Tensor post accumulate grad hooks should return None.")
    hooks.through_after((), (gradient,))


class AccumulateGrad:
    """The end of an edge at a leaf, as `next_functions` shows it.

    Attributes
    ----------
    variable : Tensor
        The leaf.
    next_functions : tuple
        Empty.
    """

    next_functions: tuple[Any, ...] = ()

    def __init__(self, variable: Tensor) -> None:
        self.variable = variable

    def name(self) -> str:
        return "minigrad::autograd::AccumulateGrad"

    def register_prehook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call `hook(gradients)` before the gradient is added to the leaf's."""
        return attach(hooks_of(self.variable).before, hook)

    def register_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call `hook((), gradients)` when the leaf's gradient is complete."""
        return attach(hooks_of(self.variable).after, hook)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AccumulateGrad) and other.variable is self.variable

    def __hash__(self) -> int:
        return hash(self.variable)

    def __repr__(self) -> str:
        return f"<AccumulateGrad object at {id(self.variable):#x}>"
