"""Sigmoid, tanh, what gates its input by a probability, and softmax, as modules."""

from __future__ import annotations

from ..functions.pointwise import sigmoid, tanh
from ..tensor import Tensor
from . import functional
from .module import Module

FROM_A_MODULE = 5  # how many calls up a warning finds the user's line


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
        return sigmoid(input)


class Tanh(Module):
    """Apply the hyperbolic tangent to each element.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.Tanh()(torch.tensor([0.0, 100.0]))
    tensor([0., 1.])
    """

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of the input's shape."""
        return tanh(input)


class SiLU(Module):
    """Apply x * sigmoid(x) to each element; see `functional.silu`.

    Parameters
    ----------
    inplace : bool
        Whether the result overwrites the input.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.SiLU()(torch.tensor([-1.0, 2.0]))
    tensor([-0.2689,  1.7616])
    """

    inplace: bool

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of the input's shape."""
        return functional.silu(input, self.inplace)

    def extra_repr(self) -> str:
        """Show `inplace` where it is set."""
        return "inplace=True" if self.inplace else ""


class GELU(Module):
    """Apply x * Φ(x) to each element; see `functional.gelu`.

    Parameters
    ----------
    approximate : str
        ``"none"`` or ``"tanh"``.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.GELU()(torch.tensor([-1.0, 2.0]))
    tensor([-0.1587,  1.9545])
    """

    approximate: str

    def __init__(self, approximate: str = "none") -> None:
        super().__init__()
        self.approximate = approximate

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of the input's shape."""
        return functional.gelu(input, approximate=self.approximate)

    def extra_repr(self) -> str:
        """Show the approximation."""
        return f"approximate={self.approximate!r}"


class Softmax(Module):
    """Divide exp(x) by its sum along a dimension; see `functional.softmax`.

    Parameters
    ----------
    dim : int
        The dimension along which the results add up to 1. Without it, it is guessed, and a
        warning says so.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.Softmax(dim=1)(torch.tensor([[0.0, 0.0, 1000.0]]))
    tensor([[0., 0., 1.]])
    """

    dim: int | None

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of the input's shape."""
        return functional.softmax(input, self.dim, _stacklevel=FROM_A_MODULE)

    def extra_repr(self) -> str:
        """Show the dimension."""
        return f"dim={self.dim}"


class LogSoftmax(Module):
    """Take the logarithm of softmax along a dimension; see `functional.log_softmax`.

    Parameters
    ----------
    dim : int
        The dimension along which the exponentials of the results add up to 1. Without it, it is
        guessed, and a warning says so.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.LogSoftmax(dim=1)(torch.tensor([[0.0, 0.0, 1000.0]]))
    tensor([[-1000., -1000.,     0.]])
    """

    dim: int | None

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of the input's shape."""
        return functional.log_softmax(input, self.dim, _stacklevel=FROM_A_MODULE)

    def extra_repr(self) -> str:
        """Show the dimension."""
        return f"dim={self.dim}"
