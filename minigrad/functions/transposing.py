"""The same elements with their dimensions in another order, as views."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

from ..primitives import views
from ..tensor import Tensor
from .arguments import require_tensor
from .dimensions import axis_of
from .sizes import dimensions

NO_MATRIX = (
    "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is deprecated "
    "and it will throw an error in a future release. Consider `x.mT` to transpose batches of "
    "matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the dimensions of a "
    "tensor."
)
IDENTITY = "Tensor.{} is deprecated on 0-D tensors. This function is the identity in these cases."


def permute(input: Tensor, dims: Sequence[int]) -> Tensor:
    """The dimensions in another order: a view.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.permute(torch.zeros(2, 3, 5), (2, 0, 1)).shape
    minigrad.Size([5, 2, 3])
    """
    require_tensor(input, "permute")
    wanted = dimensions(dims, "dims", "permute")
    ndim = input.array.ndim
    if len(wanted) != ndim:
        raise RuntimeError(
            "permute(sparse_coo): number of dimensions in the tensor input does not match the "
            f"length of the desired ordering of dimensions i.e. input.dim() = {ndim} is not equal "
            f"to len(dims) = {len(wanted)}"
        )
    axes: list[int] = []
    for dim in wanted:
        axis = axis_of(input, dim)
        if axis in axes:
            raise RuntimeError("permute(): duplicate dims are not allowed.")
        axes.append(axis)
    return views.permute(input, dims=tuple(axes))


def transpose(input: Tensor, dim0: int, dim1: int) -> Tensor:
    """Two dimensions exchanged: a view.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.transpose(torch.tensor([[1, 2], [3, 4]]), 0, 1)
    tensor([[1, 3],
            [2, 4]])
    """
    require_tensor(input, "transpose")
    first, second = axis_of(input, dim0), axis_of(input, dim1)
    dims = list(range(input.array.ndim))
    if dims:
        dims[first], dims[second] = dims[second], dims[first]
    return views.permute(input, named="TransposeBackward0", dims=tuple(dims))


def swapaxes(input: Tensor, axis0: int, axis1: int) -> Tensor:
    """`transpose` under NumPy's name.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.swapaxes(torch.zeros(2, 3, 4), 0, 2).shape
    minigrad.Size([4, 3, 2])
    """
    return transpose(input, axis0, axis1)


def swapdims(input: Tensor, dim0: int, dim1: int) -> Tensor:
    """`transpose` under another name.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.swapdims(torch.zeros(2, 3, 4), 0, 2).shape
    minigrad.Size([4, 3, 2])
    """
    return transpose(input, dim0, dim1)


def t(input: Tensor) -> Tensor:
    """A matrix transposed; with fewer dimensions there is nothing to do.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.t(torch.zeros(2, 3)).shape, torch.t(torch.zeros(3)).shape
    (minigrad.Size([3, 2]), minigrad.Size([3]))
    """
    require_tensor(input, "t")
    ndim = input.array.ndim
    if ndim > 2:
        raise RuntimeError(f"t() expects a tensor with <= 2 dimensions, but self is {ndim}D")
    return views.permute(input, named="TBackward0", dims=tuple(reversed(range(ndim))))


def reverse(input: Tensor) -> Tensor:
    """All dimensions in the opposite order: `T`."""
    ndim = input.array.ndim
    if ndim != 2:
        _warn(NO_MATRIX if ndim else IDENTITY.format("T"))
    return views.permute(input, dims=tuple(reversed(range(ndim))))


def _warn(text: str) -> None:
    warnings.warn(text, stacklevel=4)  # the line that asks a tensor for `T` or `mT`


def matrix_transpose(input: Tensor) -> Tensor:
    """The last two dimensions exchanged: `mT`."""
    ndim = input.array.ndim
    if ndim == 0:
        _warn(IDENTITY.format("mT"))
    if ndim == 1:
        raise RuntimeError(
            "tensor.mT is only supported on matrices or batches of matrices. Got 1-D tensor."
        )
    return transpose(input, -2, -1) if ndim else input


def movedim(
    input: Tensor, source: int | Sequence[int], destination: int | Sequence[int]
) -> Tensor:
    """Dimensions moved to other places; the others stay in order.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.movedim(torch.zeros(2, 3, 4), 0, -1).shape
    minigrad.Size([3, 4, 2])
    >>> torch.movedim(torch.zeros(2, 3, 4), (0, 1), (1, 0)).shape
    minigrad.Size([3, 2, 4])
    """
    require_tensor(input, "movedim")
    several = isinstance(source, (tuple, list))
    if several != isinstance(destination, (tuple, list)):
        raise TypeError("movedim(): source and destination must be ints, or both tuples of ints")
    sources, places = (
        dimensions(each, name, "movedim") if several else (each,)
        for each, name in ((source, "source"), (destination, "destination"))
    )
    if len(sources) != len(places):
        raise RuntimeError(
            f"movedim: Invalid source or destination dims: source ({list(sources)} dims) should "
            f"contain the same number of dims as destination ({list(places)} dims)"
        )
    moved = [axis_of(input, dim) for dim in sources]
    to = [axis_of(input, dim) for dim in places]
    for name, axes, given in (("source", moved, sources), ("destination", to, places)):
        if len(set(axes)) != len(axes):
            raise RuntimeError(f"movedim: repeated dim in `{name}` ({list(given)})")
    if not input.array.ndim:
        return views.permute(input, named="AliasBackward0", dims=())
    going = dict(zip(to, moved, strict=True))
    staying = iter([axis for axis in range(input.array.ndim) if axis not in moved])
    dims = [going[k] if k in going else next(staying) for k in range(input.array.ndim)]
    return views.permute(input, dims=tuple(dims))


moveaxis = movedim
