"""Dropout as a module."""

from __future__ import annotations

from ..tensor import Tensor
from . import functional
from .module import Module


class Dropout(Module):
    """Set elements to zero at random in training, and divide the others by 1 - p.

    In evaluation, after `eval()`, the input itself is the output. See `functional.dropout`.

    Parameters
    ----------
    p : float
        The probability of an element to be dropped.
    inplace : bool
        Whether the result overwrites the input.

    Raises
    ------
    ValueError
        If `p` is not between 0 and 1.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.Dropout(0.2).eval()(torch.tensor([1.0, 2.0]))
    tensor([1., 2.])
    """

    p: float
    inplace: bool

    def __init__(self, p: float = 0.5, inplace: bool = False) -> None:
        super().__init__()
        if p < 0 or p > 1:
            raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
        self.p = p
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of the input's shape."""
        return functional.dropout(input, self.p, self.training, self.inplace)

    def extra_repr(self) -> str:
        """Show the probability, and whether the input is overwritten."""
        return f"p={self.p}, inplace={self.inplace}"
