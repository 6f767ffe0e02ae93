"""Tensors are reduced over dimensions: sums, extrema, deviations, norms; and softmax."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from .. import functions
from ..functions.dimensions import ALL, Dims, alone
from ..functions.sizes import NOT_GIVEN

if TYPE_CHECKING:
    from .. import return_types
    from ..dtypes import dtype as DType
    from ..tensor import Tensor


class Reductions:
    """The functions of `functions.reductions`, `.extrema`, `.median`, `.deviations`, and so on."""

    __slots__ = ()

    def sum(
        self: Tensor, dim: Dims = ALL, keepdim: bool = NOT_GIVEN, *, dtype: DType | None = None
    ) -> Tensor:
        """See `minigrad.sum`."""
        return functions.reductions.sum(self, dim, keepdim, dtype=dtype)

    def mean(
        self: Tensor, dim: Dims = ALL, keepdim: bool = NOT_GIVEN, *, dtype: DType | None = None
    ) -> Tensor:
        """See `minigrad.mean`."""
        return functions.reductions.mean(self, dim, keepdim, dtype=dtype)

    def prod(
        self: Tensor, dim: int = ALL, keepdim: bool = NOT_GIVEN, *, dtype: DType | None = None
    ) -> Tensor:
        """See `minigrad.prod`."""
        return functions.reductions.prod(self, dim, keepdim, dtype=dtype)

    def cumsum(self: Tensor, dim: int, *, dtype: DType | None = None) -> Tensor:
        """See `minigrad.cumsum`."""
        return functions.reductions.cumsum(self, dim, dtype=dtype)

    def cumsum_(self: Tensor, dim: int, *, dtype: DType | None = None) -> Tensor:
        """`cumsum`, in place."""
        return functions.inplace.cumsum_(self, dim, dtype)

    def any(self: Tensor, dim: Dims = None, keepdim: bool = False) -> Tensor:
        """See `minigrad.any`."""
        return functions.reductions.any(self, dim, keepdim)

    def all(self: Tensor, dim: Dims = None, keepdim: bool = False) -> Tensor:
        """See `minigrad.all`."""
        return functions.reductions.all(self, dim, keepdim)

    def count_nonzero(self: Tensor, dim: Dims = None) -> Tensor:
        """See `minigrad.count_nonzero`."""
        return functions.reductions.count_nonzero(self, alone(dim))

    def bincount(self: Tensor, weights: Tensor | None = None, minlength: int = 0) -> Tensor:
        """See `minigrad.bincount`."""
        return functions.counting.bincount(self, weights, minlength)

    @overload
    def max(self: Tensor) -> Tensor: ...

    @overload
    def max(self: Tensor, dim: int, keepdim: bool = False) -> return_types.max: ...

    @overload
    def max(self: Tensor, other: Tensor) -> Tensor: ...

    def max(
        self: Tensor,
        *given: Any,
        dim: int = NOT_GIVEN,
        keepdim: bool = NOT_GIVEN,
        other: Tensor = NOT_GIVEN,
    ) -> Any:
        """See `minigrad.max`."""
        return functions.extrema.max(self, *given, dim=dim, keepdim=keepdim, other=other)

    @overload
    def min(self: Tensor) -> Tensor: ...

    @overload
    def min(self: Tensor, dim: int, keepdim: bool = False) -> return_types.min: ...

    @overload
    def min(self: Tensor, other: Tensor) -> Tensor: ...

    def min(
        self: Tensor,
        *given: Any,
        dim: int = NOT_GIVEN,
        keepdim: bool = NOT_GIVEN,
        other: Tensor = NOT_GIVEN,
    ) -> Any:
        """See `minigrad.min`."""
        return functions.extrema.min(self, *given, dim=dim, keepdim=keepdim, other=other)

    def amax(self: Tensor, dim: Dims = (), keepdim: bool = False) -> Tensor:
        """See `minigrad.amax`."""
        return functions.extrema.amax(self, dim, keepdim)

    def amin(self: Tensor, dim: Dims = (), keepdim: bool = False) -> Tensor:
        """See `minigrad.amin`."""
        return functions.extrema.amin(self, dim, keepdim)

    @overload
    def median(self: Tensor) -> Tensor: ...

    @overload
    def median(self: Tensor, dim: int, keepdim: bool = False) -> return_types.median: ...

    def median(self: Tensor, dim: Any = ALL, keepdim: bool = NOT_GIVEN) -> Any:
        """See `minigrad.median`."""
        return functions.median.median(self, dim, keepdim)

    def argmax(self: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
        """See `minigrad.argmax`."""
        return functions.extrema.argmax(self, dim, keepdim)

    def argmin(self: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
        """See `minigrad.argmin`."""
        return functions.extrema.argmin(self, dim, keepdim)

    def var(
        self: Tensor,
        *given: Any,
        dim: Dims = NOT_GIVEN,
        unbiased: bool = NOT_GIVEN,
        keepdim: bool = NOT_GIVEN,
        correction: float | None = NOT_GIVEN,
    ) -> Tensor:
        """See `minigrad.var`."""
        return functions.deviations.var(
            self, *given, dim=dim, unbiased=unbiased, keepdim=keepdim, correction=correction
        )

    def std(
        self: Tensor,
        *given: Any,
        dim: Dims = NOT_GIVEN,
        unbiased: bool = NOT_GIVEN,
        keepdim: bool = NOT_GIVEN,
        correction: float | None = NOT_GIVEN,
    ) -> Tensor:
        """See `minigrad.std`."""
        return functions.deviations.std(
            self, *given, dim=dim, unbiased=unbiased, keepdim=keepdim, correction=correction
        )

    def norm(
        self: Tensor,
        p: float | str | None = "fro",
        dim: Dims = None,
        keepdim: bool = False,
        dtype: DType | None = None,
    ) -> Tensor:
        """See `minigrad.norm`."""
        return functions.norms.norm(self, p, dim, keepdim, dtype=dtype)

    def softmax(self: Tensor, dim: int, dtype: DType | None = None) -> Tensor:
        """See `minigrad.softmax`."""
        return functions.softmax.softmax(self, dim, dtype)

    def log_softmax(self: Tensor, dim: int, dtype: DType | None = None) -> Tensor:
        """See `minigrad.log_softmax`."""
        return functions.softmax.log_softmax(self, dim, dtype)

    def logsumexp(self: Tensor, dim: Dims, keepdim: bool = False) -> Tensor:
        """See `minigrad.logsumexp`."""
        return functions.softmax.logsumexp(self, dim, keepdim)
