"""What does layer normalisation hold?"""

from __future__ import annotations

import numbers
from collections.abc import Sequence
from typing import Any

from .. import dtypes
from ..functions.normalization import layer_norm
from ..tensor import Tensor
from . import init
from .conversion import unfilled
from .module import Module
from .parameter import Parameter


class LayerNorm(Module):
    """Normalise each row to mean 0 and variance 1, then scale and shift its elements.

    Mean and (biased) variance are those of the row, in training and in evaluation.

    Parameters
    ----------
    normalized_shape : int, or sequence of ints
        The last dimensions of the input, which a row is.
    eps : float
        Added to the variance.
    elementwise_affine : bool
        Whether there is a learnt scale for each element of a row.
    bias : bool
        Whether there is, then, also a learnt shift.
    device : str, optional
        "cpu".
    dtype : dtype, optional
        Of the parameters; the default dtype unless given.

    Attributes
    ----------
    weight, bias : Parameter or None
        Scale and shift, of shape `normalized_shape`: ones and zeros at first.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.LayerNorm(2)(torch.tensor([[1.0, 3.0], [10.0, -10.0]])).detach()
    tensor([[-1.0000,  1.0000],
            [ 1.0000, -1.0000]])
    """

    normalized_shape: tuple[int, ...]
    eps: float
    elementwise_affine: bool
    weight: Parameter | None
    bias: Parameter | None

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
        device: str | None = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__()
        row: Any = normalized_shape
        row = (row,) if isinstance(row, numbers.Integral) else tuple(row)
        self.normalized_shape = row
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        for name, wanted in (
            ("weight", elementwise_affine),
            ("bias", elementwise_affine and bias),
        ):
            values: Any = None
            if wanted:
                values = Parameter(unfilled(self.normalized_shape, device=device, dtype=dtype))
            self.register_parameter(name, values)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set scale and shift back to ones and zeros."""
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """Normalise the rows of `input`, of shape (..., *normalized_shape)."""
        return layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """Show the arguments."""
        return (
            f"{self.normalized_shape}, eps={self.eps}, "
            f"elementwise_affine={self.elementwise_affine}, bias={self.bias is not None}"
        )
