"""Views as regions of their base's memory: what history a view has once its base was changed.

A change in place through a view is, for the graph, a new base: the old one with the new values put
where the view lies (`PutRegion`). Every view of that base is then what the new base has where it
lies (`TakeRegion`), which it learns when it is used next (`renew`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..inference import version_of
from ..launch import empty, launch
from ..saved import MOVED
from ..strides import address_of
from ..tensor import Array, Tensor
from .constants import zero
from .primitive import Primitive, PrimitiveNode
from .restrictions import forbidden_after_change

Shape = tuple[int, ...]

REPEATS = (
    "unsupported operation: more than one element of the written-to tensor refers to a single "
    "memory location. Please clone() the tensor before performing the operation."
)


@dataclass(frozen=True)
class Layout:
    """How elements lie in memory: strides and the place of the first in elements."""

    shape: Shape
    strides: Shape
    start: int

    @property
    def overlaps(self) -> bool:
        """Whether elements share memory."""
        repeated = (n > 1 and not step for n, step in zip(self.shape, self.strides, strict=True))
        return 0 not in self.shape and any(repeated)

    def within(self, memory: Array) -> Array:
        """The array of this layout in memory of one dimension."""
        size = memory.itemsize
        strides = [step * size for step in self.strides]
        return np.ndarray(self.shape, memory.dtype, memory, self.start * size, strides)


@dataclass(frozen=True)
class Region:
    """Where a view lies among the elements of its base, in memory of so many elements."""

    view: Layout
    base: Layout
    extent: int


def region_of(view: Array, base: Array) -> Region:
    """Where a view lies in its base; an error if the base is elsewhere by now."""
    reaches = [
        (n - 1) * step // base.itemsize for n, step in zip(base.shape, base.strides, strict=True)
    ]
    first = -sum(min(reach, 0) for reach in reaches) if base.size else 0
    extent = 1 + sum(map(abs, reaches)) if base.size else 0
    start = first + (address_of(view) - address_of(base)) // base.itemsize if view.size else 0
    if view.size and not 0 <= start < extent:
        raise RuntimeError(MOVED)
    return Region(_layout(view, start), _layout(base, first), extent)


def _layout(array: Array, start: int) -> Layout:
    strides = tuple(step // array.itemsize for step in array.strides)
    return Layout(array.shape, strides, start)


class TakeRegion(Primitive):
    """What a base has in a region."""

    backward_name = "AsStrided"

    def compute(self, base: Array, region: Region) -> Array:
        memory = empty((region.extent,), base.dtype)
        launch(_lay_out, base, region.base, memory)
        return region.view.within(memory)

    def gradient_base(self, grad: Tensor, region: Region) -> Tensor:
        return add_region(grad, region=region)


class AddRegion(Primitive):
    """Zeros of a base's shape, with x added in a region: the transpose of taking it."""

    backward_name = "AsStridedScatter"

    def compute(self, x: Array, region: Region) -> Array:
        memory = empty((region.extent,), x.dtype)
        launch(_add, x, region.view, memory)
        return region.base.within(memory)

    def gradient_x(self, grad: Tensor, region: Region) -> Tensor:
        return take_region(grad, region=region)


class PutRegion(Primitive):
    """A base with other values in a region.

    As in PyTorch, nothing goes back to the base through elements that lie in the same memory.
    """

    backward_name = "CopySlices"

    def compute(self, base: Array, value: Array, region: Region) -> Array:
        memory = empty((region.extent,), base.dtype)
        launch(_lay_out, base, region.base, memory)
        launch(_put, value, region.view, memory)
        return region.base.within(memory)

    def gradient_base(self, grad: Tensor, region: Region) -> Tensor:
        if region.view.overlaps:
            raise RuntimeError(REPEATS)
        return put_region(grad, zero(grad), region=region)

    def gradient_value(self, grad: Tensor, region: Region) -> Tensor:
        return take_region(grad, region=region)


def _lay_out(base: Array, layout: Layout, memory: Array) -> None:
    if math.prod(layout.shape) < memory.size:
        memory.fill(0)
    layout.within(memory)[...] = base


def _put(value: Array, layout: Layout, memory: Array) -> None:
    layout.within(memory)[...] = value


def _add(x: Array, layout: Layout, memory: Array) -> None:
    memory.fill(0)
    if layout.overlaps:
        with np.errstate(all="ignore"):
            np.add.at(memory, layout.within(np.arange(memory.size)), x)
    else:
        layout.within(memory)[...] = x


def renew(view: Tensor) -> None:
    """Give a view the history that its base has now, if that was changed since in place.

    That is an error for a view that must not be changed itself. Where no graph is made, nobody
    calls this: views keep the history that they had.
    """
    assert view._base is not None
    base, version, forbidden, wanted = view._base
    if view._node is None:  # as its base does, even if it was made without a graph
        view._requires_grad = wanted or base._requires_grad
        if not base._requires_grad:
            return
    if version_of(view) == version:
        return
    if forbidden:
        raise RuntimeError(forbidden_after_change(forbidden))
    hooks = None if view._node is None else view._node._hooks
    region = region_of(view.array, base.array)  # of a base without a history it leads nowhere
    named = "AsStridedBackward0"
    view._node = PrimitiveNode(take_region, (base,), (), {"region": region}, view, named)
    view._base = (base, version_of(base), forbidden, wanted)
    if hooks is not None:
        hooks.move_to(view)


take_region, add_region, put_region = TakeRegion(), AddRegion(), PutRegion()
