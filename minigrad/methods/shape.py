"""Tensors get other shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import dtypes, functions
from ..functions.dimensions import ALL, alone
from ..functions.sizes import dimensions, listed

if TYPE_CHECKING:
    from ..tensor import Tensor

Dims = int | Sequence[int]


class Shaping:
    """The functions of `functions.shape`, `.transposing` and `.expansion` as methods."""

    __slots__ = ()

    def reshape(self: Tensor, *given: Any, shape: Sequence[int] | None = None) -> Tensor:
        """See `minigrad.reshape`."""
        return functions.shape.reshape(self, listed(given, shape, "shape", "reshape"))

    def view(
        self: Tensor, *given: Any, size: Sequence[int] | None = None, dtype: Any = None
    ) -> Tensor:
        """The same memory in another shape, or as another dtype; -1 is what is left over.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.arange(6)
        >>> x.view(2, -1)[1, 0] = 9
        >>> x
        tensor([0, 1, 2, 9, 4, 5])
        >>> torch.tensor([1.0, 2.0], dtype=torch.float64).view(torch.int64)  # the same bits
        tensor([4607182418800017408, 4611686018427387904])
        """
        if dtype is None and len(given) == 1 and isinstance(given[0], (dtypes.dtype, type)):
            dtype, given = given[0], ()
        if dtype is not None:
            if given or size is not None:
                raise TypeError(f"view() takes a size or a dtype, got both, dtype={dtype}")
            return functions.reinterpreting.reinterpreted(self, dtypes.as_dtype(dtype, "view"))
        return functions.shape.view(self, listed(given, size, "size", "view"))

    def reshape_as(self: Tensor, other: Tensor) -> Tensor:
        """Itself in another tensor's shape; a view where there can be one.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.arange(4).reshape_as(torch.zeros(2, 2))
        tensor([[0, 1],
                [2, 3]])
        """
        functions.arguments.require_tensor(other, "reshape_as", "other")
        return functions.shape.reshape(self, other.array.shape)

    def view_as(self: Tensor, other: Tensor) -> Tensor:
        """The same memory in another tensor's shape.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.arange(4)
        >>> x.view_as(torch.zeros(2, 2))[0, 0] = 9
        >>> x
        tensor([9, 1, 2, 3])
        """
        functions.arguments.require_tensor(other, "view_as", "other")
        return functions.shape.view(self, other.array.shape)

    def flatten(self: Tensor, start_dim: int = 0, end_dim: int = -1) -> Tensor:
        """See `minigrad.flatten`."""
        return functions.shape.flatten(self, start_dim, end_dim)

    def unflatten(self: Tensor, dim: int, sizes: Sequence[int]) -> Tensor:
        """See `minigrad.unflatten`."""
        return functions.shape.unflatten(self, dim, sizes)

    def ravel(self: Tensor) -> Tensor:
        """See `minigrad.ravel`."""
        return functions.shape.ravel(self)

    def permute(self: Tensor, *given: Any, dims: Sequence[int] | None = None) -> Tensor:
        """See `minigrad.permute`."""
        return functions.transposing.permute(
            self, listed(given, dims, "dims", "permute", dimensions)
        )

    def transpose(self: Tensor, dim0: int, dim1: int) -> Tensor:
        """See `minigrad.transpose`."""
        return functions.transposing.transpose(self, dim0, dim1)

    def transpose_(self: Tensor, dim0: int, dim1: int) -> Tensor:
        """`transpose`, in place."""
        return functions.inplace_shape.reshaped(self, functions.transposing.transpose, dim0, dim1)

    def swapaxes(self: Tensor, axis0: int, axis1: int) -> Tensor:
        """See `minigrad.swapaxes`."""
        return functions.transposing.transpose(self, axis0, axis1)

    def swapdims(self: Tensor, dim0: int, dim1: int) -> Tensor:
        """See `minigrad.swapdims`."""
        return functions.transposing.transpose(self, dim0, dim1)

    def swapaxes_(self: Tensor, axis0: int, axis1: int) -> Tensor:
        """`swapaxes`, in place."""
        return functions.inplace_shape.reshaped(
            self, functions.transposing.transpose, axis0, axis1
        )

    def swapdims_(self: Tensor, dim0: int, dim1: int) -> Tensor:
        """`swapdims`, in place."""
        return functions.inplace_shape.reshaped(self, functions.transposing.transpose, dim0, dim1)

    def movedim(self: Tensor, source: Dims, destination: Dims) -> Tensor:
        """See `minigrad.movedim`."""
        return functions.transposing.movedim(self, source, destination)

    moveaxis = movedim

    def t(self: Tensor) -> Tensor:
        """See `minigrad.t`."""
        return functions.transposing.t(self)

    def t_(self: Tensor) -> Tensor:
        """`t`, in place."""
        return functions.inplace_shape.t_(self)

    @property
    def T(self: Tensor) -> Tensor:  # noqa: N802 (the name is PyTorch's)
        """All dimensions in the opposite order."""
        return functions.transposing.reverse(self)

    @property
    def mT(self: Tensor) -> Tensor:  # noqa: N802
        """The last two dimensions exchanged."""
        return functions.transposing.matrix_transpose(self)

    def unsqueeze(self: Tensor, dim: int) -> Tensor:
        """See `minigrad.unsqueeze`."""
        return functions.shape.unsqueeze(self, dim)

    def unsqueeze_(self: Tensor, dim: int) -> Tensor:
        """`unsqueeze`, in place."""
        return functions.inplace_shape.reshaped(self, functions.shape.unsqueeze, dim)

    def squeeze(self: Tensor, *given: Any, dim: Any = ALL) -> Tensor:
        """See `minigrad.squeeze`."""
        return functions.shape.squeeze(self, _squeezed(given, dim))

    def squeeze_(self: Tensor, *given: Any, dim: Any = ALL) -> Tensor:
        """`squeeze`, in place."""
        wanted = _squeezed(given, dim)
        return functions.inplace_shape.reshaped(self, functions.shape.squeeze, wanted)

    def expand(
        self: Tensor,
        *given: Any,
        size: Sequence[int] | None = None,
        implicit: bool = False,
    ) -> Tensor:
        """A view in which dimensions of size 1 are repeated; -1 keeps a size.

        `implicit` says whether a user asked for it; it has no effect.

        Examples
        --------
        >>> import minigrad as torch
        >>> x = torch.tensor([[1], [2]])
        >>> x.expand(-1, 3)
        tensor([[1, 1, 1],
                [2, 2, 2]])
        >>> x.expand(2, 2, 3).stride()  # nothing is copied
        (0, 1, 0)
        """
        functions.dimensions.require_bool(implicit, "expand", "implicit")
        return functions.expansion.expand(self, listed(given, size, "size", "expand"))

    def expand_as(self: Tensor, other: Tensor) -> Tensor:
        """A view of another tensor's shape, in which dimensions of size 1 are repeated.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([1, 2]).expand_as(torch.zeros(2, 2))
        tensor([[1, 2],
                [1, 2]])
        """
        functions.arguments.require_tensor(other, "expand_as", "other")
        return functions.expansion.expand(self, other.array.shape)

    def broadcast_to(self: Tensor, *given: Any, size: Sequence[int] | None = None) -> Tensor:
        """See `minigrad.broadcast_to`."""
        return functions.expansion.expand(self, listed(given, size, "size", "broadcast_to"))

    def repeat(self: Tensor, *given: Any, repeats: Sequence[int] | None = None) -> Tensor:
        """A copy repeated so many times along each dimension.

        Examples
        --------
        >>> import minigrad as torch
        >>> torch.tensor([1, 2]).repeat(2, 2)
        tensor([[1, 2, 1, 2],
                [1, 2, 1, 2]])
        """
        return functions.expansion.repeat(self, listed(given, repeats, "repeats", "repeat"))

    def tile(self: Tensor, *given: Any, dims: Sequence[int] | None = None) -> Tensor:
        """See `minigrad.tile`."""
        return functions.expansion.tile(self, listed(given, dims, "dims", "tile"))

    def repeat_interleave(
        self: Tensor,
        repeats: int | Tensor,
        dim: int | None = None,
        *,
        output_size: int | None = None,
    ) -> Tensor:
        """See `minigrad.repeat_interleave`."""
        return functions.expansion.repeat_interleave(self, repeats, dim, output_size=output_size)


def _squeezed(given: tuple[Any, ...], dim: Any) -> Any:
    """Which dimensions to squeeze: several may come one by one."""
    if given and dim is not ALL:
        raise TypeError(f"squeeze() got multiple values for argument 'dim': {given} and {dim}")
    if len(given) > 1:
        return listed(given, None, "dim", "squeeze")
    return alone(given[0] if given else dim)
