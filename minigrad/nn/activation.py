"""The activation functions as modules."""

from __future__ import annotations

from ..tensor import Tensor
from . import functional
from .module import Module


class ReLU(Module):
    """Apply max(0, x) to each element; see `functional.relu`.

    Parameters
    ----------
    inplace : bool
        Whether the result overwrites the input.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.ReLU()(torch.tensor([-1.0, 2.0]))
    tensor([0., 2.])
    """

    inplace: bool

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of the input's shape."""
        return functional.relu(input, self.inplace)

    def extra_repr(self) -> str:
        """Show `inplace` where it is set."""
        return "inplace=True" if self.inplace else ""


class ELU(Module):
    """Apply x where x > 0, else alpha * (exp(x) - 1), to each element; see `functional.elu`.

    Parameters
    ----------
    alpha : float
        Minus the value that is approached far below 0.
    inplace : bool
        Whether the result overwrites the input.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.ELU(alpha=0.5)(torch.tensor([-100.0, 2.0]))
    tensor([-0.5000,  2.0000])
    """

    alpha: float
    inplace: bool

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of the input's shape."""
        return functional.elu(input, self.alpha, self.inplace)

    def extra_repr(self) -> str:
        """Show alpha, and `inplace` where it is set."""
        return f"alpha={self.alpha}" + (", inplace=True" if self.inplace else "")


class Sigmoid(Module):
    """Apply 1 / (1 + exp(-x)) to each element.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.Sigmoid()(torch.tensor([0.0, 100.0]))
    tensor([0.5000, 1.0000])
    """

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of the input's shape."""
        return functional.sigmoid(input)
