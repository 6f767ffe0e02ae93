"""What a replay gives back: tensors in fresh memory, arguments themselves, gradients of leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from .. import saved
from ..autograd import Node
from ..launch import Array
from ..tensor import Tensor, tensor_of
from .memory import Layout, without_elements


class WalkedNode(Node):
    """The place in the graph of all results of a replay whose backward has been."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        super().__init__(())
        self._name = name

    def name(self) -> str:
        return self._name

    def backward(self, grad: Tensor) -> Any:
        raise RuntimeError(saved.FREED)


class Fresh(NamedTuple):
    """A tensor that a call makes anew, in memory that outlives it."""

    source: int  # position among the arrays of a call
    offset: int  # in bytes
    layout: Layout
    whole: bool  # all of that memory, as it lies
    requires_grad: bool
    node: WalkedNode | None
    version: int

    def make(self, arrays: tuple[Array, ...]) -> Tensor:
        shape, strides, dtype = self.layout
        if self.whole:
            array = arrays[self.source]
        elif 0 in shape:
            array = without_elements(self.layout)
        else:
            array = np.ndarray(shape, dtype, arrays[self.source], self.offset, strides)
        tensor = tensor_of(array, requires_grad=self.requires_grad)
        tensor._node = self.node
        if self.version:
            tensor._version_cell[0] = self.version
        return tensor


class Argument(NamedTuple):
    """A result that is one of the arguments itself."""

    position: int


class GradientOf(NamedTuple):
    """A result that is the gradient which a leaf has after the step."""

    leaf: Tensor


def is_named(value: Any) -> bool:
    """Whether a value is a tuple whose parts have names, made by `typing.NamedTuple` or so."""
    return isinstance(value, tuple) and hasattr(value, "_fields")


def rebuilt(like: Any, parts: list[Any]) -> Any:
    """A list or tuple of other parts."""
    return like._make(parts) if is_named(like) else type(like)(parts)


def made(template: Any, arrays: tuple[Array, ...], tensors: Sequence[Tensor]) -> Any:
    """The result of a call from its template."""
    if isinstance(template, Fresh):
        return template.make(arrays)
    if isinstance(template, Argument):
        return tensors[template.position]
    if isinstance(template, GradientOf):
        return template.leaf._grad
    if type(template) in (list, tuple) or is_named(template):
        return rebuilt(template, [made(each, arrays, tensors) for each in template])
    if type(template) is dict:
        return {key: made(each, arrays, tensors) for key, each in template.items()}
    return template
