"""Tensor: an ndarray, its gradient, and its place in the graph.

What a tensor can do stands in `methods`, by theme; what is written out here is what it *is*.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from . import dtypes, structure
from .launch import observer
from .methods import (
    Arithmetic,
    Comparison,
    Conversion,
    Indexing,
    Inplace,
    Pointwise,
    Reductions,
    Shaping,
)

if TYPE_CHECKING:
    from .autograd import Node

Array: TypeAlias = np.ndarray[Any, Any]
Number: TypeAlias = bool | int | float
Operand: TypeAlias = "Tensor | bool | int | float"

_hook_keys = itertools.count()


class Size(tuple[int, ...]):
    """The shape of a tensor: a tuple that prints as PyTorch's does."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"minigrad.Size({list(self)})"

    def numel(self) -> int:
        return int(np.prod(self, dtype=np.int64))


class RemovableHandle:
    """What registering a hook returns: `remove()` takes the hook away again."""

    def __init__(self, hooks: dict[int, Any], key: int) -> None:
        self._hooks = hooks
        self._key = key

    def remove(self) -> None:
        structure.bump()
        self._hooks.pop(self._key, None)


class Tensor(
    Arithmetic, Comparison, Conversion, Indexing, Inplace, Pointwise, Reductions, Shaping
):
    """A multi-dimensional array that remembers how it was computed.

    Parameters
    ----------
    array : numpy.ndarray
        The elements: float32, float64, int64 or bool. The tensor shares this memory; use
        `minigrad.tensor` to copy data into a new one.
    requires_grad : bool
        Whether gradients with respect to this tensor are wanted.

    >>> import minigrad as torch
    >>> x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    >>> (x * x).sum().backward()
    >>> x.grad
    tensor([2., 4., 6.])
    """

    __slots__ = (
        "__weakref__",
        "_base",
        "_grad",
        "_hooks",
        "_node",
        "_requires_grad",
        "_version_cell",
        "array",
    )

    __array_priority__ = 1000  # so that NumPy leaves `np.float64(2) * tensor` to the tensor

    array: Array
    _base: tuple[Tensor, Node | None] | None  # what it is a view of, and that one's node then
    _grad: Tensor | None
    _hooks: dict[int, Callable[[Tensor], Tensor | None]] | None
    _node: Node | None  # the operation that made this tensor; None for a leaf
    _requires_grad: bool
    _version_cell: list[int]  # counts changes in place; views share their base's

    def __init__(self, array: Array, requires_grad: bool = False) -> None:
        self.array = array
        self._requires_grad = requires_grad
        self._grad = None
        self._node = None
        self._hooks = None
        self._base = None
        self._version_cell = [0]

    # What it is

    @property
    def shape(self) -> Size:
        return Size(self.array.shape)

    def size(self, dim: int | None = None) -> Size | int:
        return Size(self.array.shape) if dim is None else self.array.shape[dim]

    @property
    def ndim(self) -> int:
        return self.array.ndim

    def dim(self) -> int:
        return self.array.ndim

    def numel(self) -> int:
        return self.array.size

    @property
    def dtype(self) -> dtypes.dtype:
        return dtypes.from_numpy(self.array.dtype)

    @property
    def device(self) -> str:
        return "cpu"

    def type(self) -> str:
        return f"minigrad.{self.dtype.scalar_type}Tensor"

    def is_floating_point(self) -> bool:
        return self.array.dtype.kind == "f"

    def is_contiguous(self) -> bool:
        return self.array.flags.c_contiguous

    def stride(self) -> tuple[int, ...]:
        return tuple(step // self.array.itemsize for step in self.array.strides)

    def data_ptr(self) -> int:
        return self.array.ctypes.data

    def element_size(self) -> int:
        return self.array.itemsize

    # Its values, for Python

    def _read(self, how: str) -> Array:
        """The array, to be read by Python: which a recorded step would not do again."""
        watching = observer()
        if watching is not None:
            watching.reading_value(how)
        return self.array

    def item(self) -> Any:
        if self.array.size != 1:
            raise RuntimeError(
                f"a Tensor with {self.array.size} elements cannot be converted to Scalar"
            )
        return self._read(".item()").item()

    def tolist(self) -> Any:
        return self._read(".tolist()").tolist()

    def numpy(self) -> Array:
        if self._requires_grad:
            raise RuntimeError(
                "Can't call numpy() on Tensor that requires grad. "
                "Use tensor.detach().numpy() instead."
            )
        return self._read(".numpy()")

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.array(self.numpy(), dtype=dtype, copy=copy)

    def __bool__(self) -> bool:
        if self.array.size != 1:
            raise RuntimeError(
                "Boolean value of Tensor with "
                f"{'no values' if self.array.size == 0 else 'more than one value'} is ambiguous"
            )
        return bool(self._read("bool()").item())

    def __format__(self, specification: str) -> str:
        if self.array.ndim == 0:
            return format(self.item(), specification)
        return object.__format__(self, specification)

    def __float__(self) -> float:
        return float(self.item())

    def __int__(self) -> int:
        return int(self.item())

    def __index__(self) -> int:
        if self.array.dtype.kind == "f":
            raise TypeError(
                "only integer tensors of a single element can be converted to an index"
            )
        return int(self.item())

    def __len__(self) -> int:
        if self.array.ndim == 0:
            raise TypeError("len() of a 0-d tensor")
        return len(self.array)

    def __iter__(self) -> Iterator[Tensor]:
        if self.array.ndim == 0:
            raise TypeError("iteration over a 0-d tensor")
        return (self[position] for position in range(len(self.array)))

    def __repr__(self) -> str:
        return printing.tensor_text(self)

    __hash__ = object.__hash__  # by identity; `==` compares elements

    def __reduce__(self) -> tuple[Any, ...]:
        if self._node is not None:
            raise RuntimeError(
                "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
                "protocol at the moment."
            )
        return _rebuilt, (type(self), self._read("pickling"), self._requires_grad)

    def __deepcopy__(self, memo: dict[int, Any]) -> Tensor:
        rebuild, (kind, array, requires_grad) = self.__reduce__()
        copied: Tensor = rebuild(kind, array.copy(), requires_grad)
        memo[id(self)] = copied
        copied._grad = copy.deepcopy(self._grad, memo)
        return copied

    # Its gradient

    @property
    def requires_grad(self) -> bool:
        return self._requires_grad

    @requires_grad.setter
    def requires_grad(self, value: bool) -> None:
        if value and self.array.dtype.kind != "f":
            raise RuntimeError(
                "Only Tensors of floating point and complex dtype can require gradients"
            )
        if self._node is not None and not value:
            raise RuntimeError(
                "you can only change requires_grad flags of leaf variables. If you want to use a "
                "computed variable in a subgraph that doesn't require differentiation use "
                "var_no_grad = var.detach()."
            )
        structure.bump()
        self._requires_grad = bool(value)

    def requires_grad_(self, requires_grad: bool = True) -> Tensor:
        self.requires_grad = requires_grad
        return self

    @property
    def grad(self) -> Tensor | None:
        watching = observer()
        if watching is not None:
            watching.reading_gradients((self,))
        return self._grad

    @grad.setter
    def grad(self, value: Tensor | None) -> None:
        if value is not None and not isinstance(value, Tensor):
            raise TypeError(
                "assigned grad expected to be a Tensor or None but got grad of type "
                f"{type(value).__name__}"
            )
        if value is not None and value.array.dtype != self.array.dtype:
            raise RuntimeError(
                f"assigned grad has data of a different type: expected {self.dtype}, got "
                f"{value.dtype}"
            )
        if value is not None and value.array.shape != self.array.shape:
            raise RuntimeError(
                "assigned grad has data of a different size: expected "
                f"{list(self.array.shape)}, got {list(value.array.shape)}"
            )
        self._grad = value
        watching = observer()
        if watching is not None:
            watching.gradient_assigned(self, value)

    @property
    def grad_fn(self) -> Node | None:
        return self._node

    @property
    def is_leaf(self) -> bool:
        return self._node is None

    def backward(
        self,
        gradient: Tensor | None = None,
        retain_graph: bool | None = None,
        create_graph: bool = False,
    ) -> None:
        autograd.backward(self, gradient, retain_graph, create_graph)

    def register_hook(self, hook: Callable[[Tensor], Tensor | None]) -> RemovableHandle:
        """Call `hook(grad)` when this tensor's gradient is known; it may return another."""
        if not self._requires_grad:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        owner = self if self._node is None else self._node
        hooks = owner._hooks
        if hooks is None:
            hooks = owner._hooks = {}
        key = next(_hook_keys)
        hooks[key] = hook
        structure.bump()
        return RemovableHandle(hooks, key)

    @property
    def data(self) -> Tensor:
        shared = Tensor(self.array)
        shared._version_cell = [0]
        return shared

    @data.setter
    def data(self, value: Tensor) -> None:
        structure.bump()
        self.array = value.array

    def detach(self) -> Tensor:
        shared = Tensor(self.array)
        shared._version_cell = self._version_cell
        return shared

    @property
    def _version(self) -> int:
        return self._version_cell[0]

    def _bump_version(self) -> None:
        """Say that the elements were changed in place."""
        self._version_cell[0] += 1
        watching = observer()
        if watching is not None:
            watching.versions_bumped((self,))


def bump_versions(tensors: Sequence[Tensor]) -> None:
    """Say that the elements of several tensors were changed in place."""
    for tensor in tensors:
        tensor._version_cell[0] += 1
    watching = observer()
    if watching is not None:
        watching.versions_bumped(tensors)


def _rebuilt(kind: type[Tensor], array: Array, requires_grad: bool) -> Tensor:
    """A tensor from what pickling or deepcopy kept of it."""
    tensor = kind.__new__(kind)
    Tensor.__init__(tensor, dtypes.canonical(array), requires_grad)
    return tensor


# Below, because these modules build on Tensor, and Tensor's methods on them.
from . import autograd, printing  # noqa: E402
