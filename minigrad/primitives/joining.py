"""Several tensors as one."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import numpy as np

from .. import arrays
from ..autograd import Edge, Node, edge_to
from ..grad_mode import mode
from ..launch import empty, launch, observer
from ..memory_order import are_channels_last, empty_for_images
from ..moving import moved
from ..tensor import Array, Tensor, tensor_of
from . import picking
from .primitive import Primitive

Shape = tuple[int, ...]


class Joining(Primitive):
    """Takes any number of tensors of one dtype, so its node is its own."""

    node: type[JoiningNode]

    def __call__(self, *tensors: Tensor, **attributes: Any) -> Tensor:
        in_graph = any([each.requires_grad for each in tensors])  # all: views learn their history
        axis = attributes["axis"]
        result = tensor_of(self.compute(tuple([each.array for each in tensors]), axis))
        if in_graph and mode.grad_enabled:
            shapes = [each.array.shape for each in tensors]
            result._requires_grad = True
            result._node = self.node([edge_to(each) for each in tensors], shapes, axis)
        return result


class JoiningNode(Node):
    """Joined tensors in the graph: each piece's gradient is the part where it went."""

    __slots__ = ("axis", "shapes")

    def __init__(self, edges: list[Edge], shapes: list[Shape], axis: int) -> None:
        super().__init__(edges)
        self.shapes = shapes
        self.axis = axis


class CatNode(JoiningNode):
    """A piece of shape (0,) went nowhere: its gradient has no history, as in PyTorch."""

    __slots__ = ()

    def name(self) -> str:
        return "CatBackward0"

    def backward(self, grad: Tensor) -> list[Tensor | None]:
        sizes = [0 if shape == (0,) else shape[self.axis] for shape in self.shapes]
        ends = list(accumulate(sizes))
        before = (slice(None),) * self.axis
        passed: list[Tensor | None] = []
        for edge, shape, size, end in zip(self.edges, self.shapes, sizes, ends, strict=True):
            if edge is None:
                passed.append(None)
            elif shape == (0,):
                passed.append(tensor_of(arrays.full(shape, grad.array.dtype, 0.0)))
            else:
                passed.append(picking.slice_(grad, key=(*before, slice(end - size, end))))
        return passed


class StackNode(JoiningNode):
    """The parts of the gradient of stacked tensors lack the new axis."""

    __slots__ = ()

    def name(self) -> str:
        return "StackBackward0"

    def backward(self, grad: Tensor) -> list[Tensor | None]:
        before = (slice(None),) * self.axis
        return [
            None if edge is None else picking.slice_(grad, key=(*before, place))
            for place, edge in enumerate(self.edges)
        ]


class Cat(Joining):
    """Tensors one after the other along an axis. Those of shape (0,) fit anywhere."""

    node = CatNode

    def compute(self, pieces: tuple[Array, ...], axis: int) -> Array:
        fitting = tuple(each for each in pieces if each.shape != (0,)) or pieces[:1]
        shape = list(fitting[0].shape)
        shape[axis] = sum(each.shape[axis] for each in fitting)
        images = len(shape) > 3 and all(are_channels_last(each) for each in pieces)
        out = (empty_for_images if images else empty)(tuple(shape), pieces[0].dtype)
        if not _laid_out(fitting, axis, out):
            launch(_concatenate, fitting, axis, out)
        return out


class Stack(Joining):
    """Tensors of one shape beside each other along a new axis."""

    node = StackNode

    def compute(self, pieces: tuple[Array, ...], axis: int) -> Array:
        shape = pieces[0].shape
        if axis < len(shape):  # so that they stay in the order of images in which they may lie
            joined = cat.compute(pieces, axis)
            return joined.reshape((*shape[:axis], len(pieces), *shape[axis:]))
        return cat.compute(tuple([each[..., None] for each in pieces]), axis)


def _laid_out(pieces: tuple[Array, ...], axis: int, out: Array) -> bool:
    """Move the pieces to their places by kernels, where a step is recorded and all can be."""
    if observer() is None or out.dtype.kind != "f" or not out.flags.carray:
        return False
    launch(arrays.fill, out, 0.0)  # so that whoever watches sees no arbitrary numbers
    ends = accumulate(each.shape[axis] for each in pieces)
    before = (slice(None),) * axis
    return all(
        not each.size or moved(each, out[(*before, slice(end - each.shape[axis], end))])
        for each, end in zip(pieces, ends, strict=True)
    )


def _concatenate(pieces: tuple[Array, ...], axis: int, out: Array) -> None:
    np.concatenate(pieces, axis=axis, out=out)


cat, stack = Cat(), Stack()
