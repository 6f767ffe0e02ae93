"""Tensor: an ndarray, its gradient, and its place in the graph.

What a tensor can do stands in `methods`, by theme; what is written out here is what it *is*.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar, overload

import numpy as np

from . import inference, structure
from .grad_mode import inferring, mode
from .launch import observer, reading_value
from .methods import (
    Arithmetic,
    Autograd,
    Comparison,
    Conversion,
    Copying,
    Creation,
    Description,
    Indexing,
    Inplace,
    InplacePointwise,
    Logic,
    Pointwise,
    Products,
    Rearranging,
    Reductions,
    Shaping,
    Values,
)
from .size import Size as Size

if TYPE_CHECKING:
    from .autograd import Node
    from .hooks import Hooks

Array: TypeAlias = np.ndarray[Any, Any]
Number: TypeAlias = bool | int | float
Operand: TypeAlias = "Tensor | bool | int | float"
Kind = TypeVar("Kind", bound="Tensor")


class Tensor(
    Arithmetic,
    Autograd,
    Comparison,
    Conversion,
    Copying,
    Creation,
    Description,
    Indexing,
    Inplace,
    InplacePointwise,
    Logic,
    Pointwise,
    Products,
    Rearranging,
    Reductions,
    Shaping,
    Values,
):
    """A multi-dimensional array that remembers how it was computed.

    Called, it makes tensors as older scripts do; `minigrad.tensor` and `minigrad.empty` say more
    plainly what is meant.

    Parameters
    ----------
    data : nested sequence of numbers, or numpy.ndarray
        In the default dtype; the memory of an array that has it is shared, as PyTorch does.
    size : integers, one by one, or a `Size`
        Instead of data: elements that are not yet written, in the default dtype.
    other : Tensor
        Instead of data: a view of all of it.
    device : "cpu", with data or sizes

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    >>> (x * x).sum().backward()
    >>> x.grad
    tensor([2., 4., 6.])
    >>> torch.Tensor([1, 2]), torch.Tensor(2, 3).shape
    (tensor([1., 2.]), minigrad.Size([2, 3]))
    """

    # What every tensor has is in slots, and the dictionary is there for attributes of a user's:
    # empty, it costs nothing. With `__getattr__` each look at an attribute takes 27 ns, not 8.
    __slots__ = (
        "__dict__",
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
    # What it is a view of, that one's version then, what forbids to change it in place, and
    # whether it was said of the view itself that it requires a gradient.
    _base: tuple[Tensor, int, str, bool] | None
    _grad: Tensor | None
    _hooks: Hooks | None
    _node: Node | None  # the operation that made this tensor; None for a leaf
    _requires_grad: bool
    _version_cell: list[int]  # counts changes in place; views share their base's

    def __new__(cls, *given: Any, **named: Any) -> Self:
        return constructor.constructed(cls, given, named)

    def __repr__(self) -> str:
        return printing.tensor_text(self)

    __hash__ = object.__hash__  # by identity; `==` compares elements

    # Its history and its memory

    def backward(
        self,
        gradient: Tensor | None = None,
        retain_graph: bool | None = None,
        create_graph: bool = False,
        inputs: Tensor | Sequence[Tensor] | None = None,
    ) -> None:
        """Add the gradients of this tensor to the leaves'; see `autograd.backward`.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.tensor([1.0, 2.0], requires_grad=True)
        >>> (x * x).backward(torch.tensor([1.0, 10.0]))  # a scalar needs no gradient given
        >>> x.grad
        tensor([ 2., 40.])
        """
        autograd.backward(self, gradient, retain_graph, create_graph, inputs=inputs)

    def _with_history(self) -> Tensor:
        """Itself, with the history that a change of the tensor it is a view of has given it."""
        if self._base is not None:
            regions.renew(self)
        return self

    def _want_gradient(self, wanted: bool) -> None:
        """Say of itself, not of the tensor it is a view of, whether it requires a gradient."""
        self._requires_grad = wanted
        if self._base is not None:
            self._base = (*self._base[:3], wanted)

    @property
    def data(self) -> Tensor:
        """The same memory without the history, whose changes in place are not counted."""
        shared = tensor_of(self.array)
        shared._version_cell = self._version_cell if inference.is_inference(self) else [0]
        return shared

    @data.setter
    def data(self, value: Tensor) -> None:
        if not isinstance(value, Tensor):
            raise TypeError(f"Variable data has to be a tensor, but got {type(value).__name__}")
        if self._requires_grad and value.array.dtype.kind != "f":
            raise RuntimeError(
                "data set to a tensor that requires gradients must be floating point or complex "
                "dtype"
            )
        structure.bump()
        self.array = value.array

    def detach(self) -> Tensor:
        """The same memory without the history; see `minigrad.detach`."""
        shared = tensor_of(self.array)
        shared._version_cell = self._version_cell
        return shared

    def detach_(self) -> Tensor:
        """Forget how this tensor was computed, and that it requires a gradient.

        As in PyTorch nothing happens in inference mode, nor to what was made there.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.ones(2, requires_grad=True)
        >>> y = (x * 2).detach_()
        >>> y.is_leaf, y.requires_grad
        (True, False)
        """
        if mode.inference or inference.is_inference(self):
            return self
        if self._base is not None:
            raise RuntimeError("Can't detach views in-place. Use detach() instead.")
        structure.bump()
        self._node, self._requires_grad = None, False
        return self

    @property
    def _version(self) -> int:
        if inference.is_inference(self):
            raise RuntimeError("Inference tensors do not track version counter.")
        reading_value("._version")
        return self._version_cell[0]

    def _bump_version(self) -> None:
        """Say that the elements were changed in place."""
        if inference.in_use and self.is_inference():
            inference.check_change(self)
            return
        self._version_cell[0] += 1
        watching = observer()
        if watching is not None:
            watching.versions_bumped((self,))


_new = object.__new__


@overload
def tensor_of(array: Array, requires_grad: bool = False) -> Tensor: ...
@overload
def tensor_of(array: Array, requires_grad: bool, kind: type[Kind]) -> Kind: ...
def tensor_of(array: Array, requires_grad: bool = False, kind: Any = Tensor) -> Any:
    """A tensor whose memory an array is: nothing is copied, and no stride or flag refused.

    Parameters
    ----------
    array : of one of minigrad's dtypes
    requires_grad : whether gradients are wanted of it
    kind : its class

    Examples
    --------
    >>> import numpy as np
    >>> from minigrad.testing.strategies import tensor_of
    >>> array = np.arange(3)
    >>> backward = tensor_of(array[::-1])
    >>> array[0] = 7
    >>> backward
    tensor([2, 1, 7])
    """
    tensor = _new(kind)
    tensor.array = array
    tensor._requires_grad = requires_grad
    tensor._grad = tensor._node = tensor._hooks = tensor._base = None
    tensor._version_cell = inference.new_counter() if inferring else [0]
    return tensor


def bump_versions(tensors: Sequence[Tensor]) -> None:
    """Say that the elements of several tensors were changed in place."""
    if inference.in_use:
        tensors = inference.counted(tensors)
    for tensor in tensors:
        tensor._version_cell[0] += 1
    watching = observer()
    if watching is not None:
        watching.versions_bumped(tensors)


# Below, because these modules build on Tensor, and Tensor's methods on them.
from . import autograd, printing  # noqa: E402
from .creation import constructor  # noqa: E402
from .primitives import regions  # noqa: E402
