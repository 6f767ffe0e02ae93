"""ReLU and what rounds off its corner or bends its left side, as modules."""

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


class LeakyReLU(Module):
    """Apply x where x > 0, else negative_slope * x, to each element.

    Parameters
    ----------
    negative_slope : float
        The slope where x is not positive; see `functional.leaky_relu`.
    inplace : bool
        Whether the result overwrites the input.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.LeakyReLU(0.1)(torch.tensor([-1.0, 2.0]))
    tensor([-0.1000,  2.0000])
    """

    negative_slope: float
    inplace: bool

    def __init__(self, negative_slope: float = 1e-2, inplace: bool = False) -> None:
        super().__init__()
        self.negative_slope = negative_slope
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of the input's shape."""
        return functional.leaky_relu(input, self.negative_slope, self.inplace)

    def extra_repr(self) -> str:
        """Show the slope, and `inplace` where it is set."""
        return f"negative_slope={self.negative_slope}" + (", inplace=True" if self.inplace else "")


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


class SELU(Module):
    """Apply the self-normalising ELU to each element; see `functional.selu`.

    Parameters
    ----------
    inplace : bool
        Whether the result overwrites the input.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.SELU()(torch.tensor([-100.0, 2.0]))
    tensor([-1.7581,  2.1014])
    """

    inplace: bool

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of the input's shape."""
        return functional.selu(input, self.inplace)

    def extra_repr(self) -> str:
        """Show `inplace` where it is set."""
        return "inplace=True" if self.inplace else ""


class Softplus(Module):
    """Apply log(1 + exp(beta * x)) / beta to each element; see `functional.softplus`.

    Parameters
    ----------
    beta : float
        How sharp the bend at 0 is.
    threshold : float
        Where beta * x is above it, the result is x.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.Softplus()(torch.tensor([0.0, 100.0]))
    tensor([  0.6931, 100.0000])
    """

    beta: float
    threshold: float

    def __init__(self, beta: float = 1.0, threshold: float = 20.0) -> None:
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input: Tensor) -> Tensor:
        """Compute the output, of the input's shape."""
        return functional.softplus(input, self.beta, self.threshold)

    def extra_repr(self) -> str:
        """Show beta and the threshold."""
        return f"beta={self.beta}, threshold={self.threshold}"
