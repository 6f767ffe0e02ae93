"""The same elements in other places: reversed, rolled, on or beside a diagonal."""

from __future__ import annotations

from collections.abc import Sequence

from ..primitives import copies, rearranging, views
from ..tensor import Tensor
from .arguments import require_tensor
from .dimensions import axes_of, axis_of
from .sizes import dimensions, integer, integers, require_int64

Shape = tuple[int, ...]


def flip(input: Tensor, dims: Sequence[int]) -> Tensor:
    """Dimensions in reverse: a copy.

    >>> import minigrad as torch
    >>> torch.tensor([1, 2, 3]).flip(0)
    tensor([3, 2, 1])
    """
    require_tensor(input, "flip")
    wanted = dimensions(dims, "dims", "flip")
    return rearranging.flip(input, axes=axes_of(input, wanted) if wanted else ())


def roll(
    input: Tensor, shifts: int | Sequence[int], dims: int | Sequence[int] | None = None
) -> Tensor:
    """Elements moved on along dimensions, around the end; without `dims`, as if there were one.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.roll(torch.arange(5), 2)
    tensor([3, 4, 0, 1, 2])
    >>> torch.roll(torch.tensor([[1, 2], [3, 4]]), 1, dims=1)
    tensor([[2, 1],
            [4, 3]])
    """
    require_tensor(input, "roll")
    moves = _listed(shifts, "shifts")
    places = () if dims is None else _listed(dims, "dims")
    if not moves:
        raise RuntimeError("`shifts` required")
    if not places and len(moves) == 1:
        flat = views.reshape(input.contiguous(), shape=(input.array.size,))
        rolled = rearranging.roll(flat, shifts=moves, axes=(0,))
        return views.reshape_own(rolled, input.array.shape, "RollBackward0")
    if len(moves) != len(places):
        raise RuntimeError(
            f"shifts and dimensions must align. shifts: {len(moves)}, dims:{len(places)}"
        )
    if not input.array.size:
        return rearranging.roll(input, shifts=(0,), axes=(0,))
    if not input.array.ndim:
        raise IndexError(f"Dimension specified as {places[0]} but tensor has no dimensions")
    axes = tuple(axis_of(input, dim) for dim in places)
    return rearranging.roll(input, shifts=moves, axes=axes)


def _listed(given: int | Sequence[int], name: str) -> Shape:
    if isinstance(given, (tuple, list)):
        return (integers if name == "shifts" else dimensions)(given, name, "roll")
    if type(given) is int:
        require_int64(given)
    return dimensions((given,), name, "roll")


def diagonal(input: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor:
    """The diagonal of two dimensions, which becomes the last one: a view.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.zeros(2, 2)
    >>> _ = torch.diagonal(x).fill_(1)  # a view
    >>> x
    tensor([[1., 0.],
            [0., 1.]])
    """
    require_tensor(input, "diagonal")
    axes = axis_of(input, dim1), axis_of(input, dim2)
    if axes[0] == axes[1]:
        raise RuntimeError(f"diagonal dimensions cannot be identical {dim1}, {dim2}")
    return _diagonal(input, integer(offset, "offset", "diagonal"), axes)


def _diagonal(x: Tensor, offset: int, axes: tuple[int, int]) -> Tensor:
    beyond = max(x.array.shape)  # from there on there are no elements, and NumPy does not count on
    return views.diagonal(x, offset=min(max(offset, -beyond), beyond), axes=axes)


def diag(input: Tensor, diagonal: int = 0) -> Tensor:
    """A copy of a matrix's diagonal, or the matrix that has a vector as its diagonal.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.diag(torch.tensor([1, 2]))
    tensor([[1, 0],
            [0, 2]])
    >>> torch.diag(torch.tensor([[1, 2], [3, 4]]), -1)
    tensor([3])
    """
    require_tensor(input, "diag")
    offset, ndim = integer(diagonal, "diagonal", "diag"), input.array.ndim
    if ndim == 1:
        size = input.array.size + abs(offset)
        return views.embed_diagonal(input, shape=(size, size), offset=offset, axes=(0, 1))
    if ndim != 2:
        raise RuntimeError(f"diag(): Supports 1D or 2D tensors. Got {ndim}D")
    return copies.clone(_diagonal(input, offset, (0, 1)), named="DiagonalBackward0_copy")


def tril(input: Tensor, diagonal: int = 0) -> Tensor:
    """Matrices with zeros above a diagonal.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.tril(torch.ones(3, 3), -1)
    tensor([[0., 0., 0.],
            [1., 0., 0.],
            [1., 1., 0.]])
    """
    offset = _triangle(input, diagonal, "tril")
    return rearranging.tril(input, diagonal=offset)


def triu(input: Tensor, diagonal: int = 0) -> Tensor:
    """Matrices with zeros below a diagonal.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.triu(torch.ones(3, 3), 1)
    tensor([[0., 1., 1.],
            [0., 0., 1.],
            [0., 0., 0.]])
    """
    offset = _triangle(input, diagonal, "triu")
    return rearranging.triu(input, diagonal=offset)


def _triangle(x: Tensor, diagonal: int, function: str) -> int:
    require_tensor(x, function)
    offset = integer(diagonal, "diagonal", function, size=True)
    if x.array.ndim < 2:
        raise RuntimeError(f"{function}: input tensor must have at least 2 dimensions")
    rows, columns = x.array.shape[-2:]
    return max(-rows - 1, min(offset, columns + 1))  # beyond the corners there is nothing
