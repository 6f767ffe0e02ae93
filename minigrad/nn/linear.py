"""The layer that changes nothing, and the fully connected one: what it holds, how it starts."""

from __future__ import annotations

import math
from typing import Any

from .. import dtypes
from ..functions.linear import linear
from ..tensor import Tensor
from . import init
from .conversion import unfilled
from .module import Module
from .parameter import Parameter


class Identity(Module):
    """Give the input back.

    Parameters
    ----------
    args, kwargs
        Of any kind, and ignored: it takes the place of another module as it was called.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.Identity(54, unused=True)(torch.tensor([1.0]))
    tensor([1.])
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__()

    def forward(self, input: Tensor) -> Tensor:
        """Give the input itself."""
        return input


class Linear(Module):
    """Apply `input @ weight.T + bias` to the last dimension of the input.

    Parameters
    ----------
    in_features, out_features : int
        The last dimension of the input and of the output.
    bias : bool
        Whether there is a bias.
    device : str, optional
        "cpu".
    dtype : dtype, optional
        Of weight and bias; the default dtype unless given.

    Attributes
    ----------
    weight : Parameter
        Of shape (out_features, in_features), uniform in ±1/sqrt(in_features) at first.
    bias : Parameter or None
        Of shape (out_features,), drawn from the same range after the weight.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> layer = nn.Linear(9, 16)
    >>> layer
    Linear(in_features=9, out_features=16, bias=True)
    >>> layer(torch.zeros(32, 9)).shape
    minigrad.Size([32, 16])
    """

    in_features: int
    out_features: int
    weight: Parameter
    bias: Parameter | None

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        device: str | None = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = Parameter(unfilled(out_features, in_features, device=device, dtype=dtype))
        if bias:
            self.bias = Parameter(unfilled(out_features, device=device, dtype=dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw weight and bias anew.

        A slope of sqrt(5) in `kaiming_uniform_` makes its bound 1/sqrt(in_features).
        """
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in, _ = init._calculate_fan_in_and_fan_out(self.weight)
            bound = 1 / math.sqrt(fan_in) if fan_in > 0 else 0
            init.uniform_(self.bias, -bound, bound)

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of shape (..., out_features)."""
        return linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        """Show the sizes, and whether there is a bias."""
        return (
            f"in_features={self.in_features}, out_features={self.out_features}, "
            f"bias={self.bias is not None}"
        )
