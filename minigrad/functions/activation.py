"""Activations, under the names and arguments of PyTorch's functional."""

from __future__ import annotations

from .. import ops
from ..tensor import Tensor
from . import arguments, inplace_activation


def sigmoid(input: Tensor) -> Tensor:
    """Apply 1 / (1 + exp(-x)) to each element; integers become floating point.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.sigmoid(torch.tensor([0, 1]))
    tensor([0.5000, 0.7311])
    """
    arguments.require_method(input, "sigmoid")
    return ops.sigmoid(input)


def tanh(input: Tensor) -> Tensor:
    """Apply the hyperbolic tangent to each element; integers become floating point.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.tanh(torch.tensor([0, 1]))
    tensor([0.0000, 0.7616])
    """
    arguments.require_method(input, "tanh")
    return ops.tanh(input)


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    """Apply max(0, x) to each element; the gradient at 0 is 0.

    Parameters
    ----------
    input : Tensor
        Of any shape.
    inplace : bool
        Whether the result overwrites `input`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.relu(torch.tensor([-1.0, 2.0]))
    tensor([0., 2.])
    """
    arguments.require_tensor(input, "relu_" if inplace else "relu")
    return inplace_activation.relu_(input) if inplace else ops.relu(input)


def elu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """Apply x where x > 0, else alpha * (exp(x) - 1), to each element.

    Parameters
    ----------
    input : Tensor
        Of any shape.
    alpha : float
        Minus the value that is approached far below 0. The gradient at 0 is alpha.
    inplace : bool
        Whether the result overwrites `input`. Then a negative alpha has no backward.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.elu(torch.tensor([-1.0, 2.0]))
    tensor([-0.6321,  2.0000])
    """
    arguments.require_tensor(input, "elu_" if inplace else "elu")
    if type(alpha) is not float:
        alpha = arguments.number(alpha, "elu", "alpha", 2)
    return inplace_activation.elu_(input, alpha) if inplace else ops.elu(input, alpha)


def leaky_relu(input: Tensor, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    """Apply x where x > 0, else negative_slope * x, to each element.

    Parameters
    ----------
    input : Tensor
        Of any shape.
    negative_slope : float
        The slope where x is not positive, at 0 as well.
    inplace : bool
        Whether the result overwrites `input`. Then a negative slope has no backward.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.leaky_relu(torch.tensor([-1.0, 2.0]))
    tensor([-0.0100,  2.0000])
    """
    arguments.require_tensor(input, "leaky_relu_" if inplace else "leaky_relu")
    negative_slope = arguments.number(negative_slope, "leaky_relu", "negative_slope", 2)
    if inplace:
        return inplace_activation.leaky_relu_(input, negative_slope)
    return ops.leaky_relu(input, negative_slope)


def selu(input: Tensor, inplace: bool = False) -> Tensor:
    """Apply 1.0507 * x where x > 0, else 1.7581 * (exp(x) - 1), to each element.

    Parameters
    ----------
    input : Tensor
        Of any shape.
    inplace : bool
        Whether the result overwrites `input`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.selu(torch.tensor([-1.0, 2.0]))
    tensor([-1.1113,  2.1014])
    """
    arguments.require_tensor(input, "selu_" if inplace else "selu")
    return inplace_activation.selu_(input) if inplace else ops.selu(input)


def silu(input: Tensor, inplace: bool = False) -> Tensor:
    """Apply x * sigmoid(x) to each element.

    Parameters
    ----------
    input : Tensor
        Of any shape.
    inplace : bool
        Whether the result overwrites `input`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.silu(torch.tensor([-1.0, 2.0]))
    tensor([-0.2689,  1.7616])
    """
    arguments.require_tensor(input, "silu_" if inplace else "silu")
    return inplace_activation.silu_(input) if inplace else ops.silu(input)


def gelu(input: Tensor, *, approximate: str = "none") -> Tensor:
    """Apply x * Φ(x) to each element, Φ being the normal distribution's probability below x.

    Parameters
    ----------
    input : Tensor
        Of any shape.
    approximate : str
        ``"none"``, or ``"tanh"`` for an approximation to 5e-4.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.gelu(torch.tensor([-1.0, 2.0]))
    tensor([-0.1587,  1.9545])
    """
    arguments.require_tensor(input, "gelu")
    if not isinstance(approximate, str):
        raise TypeError(
            f"gelu(): argument 'approximate' must be str, not {type(approximate).__name__}"
        )
    return ops.gelu(input, approximate)


def softplus(input: Tensor, beta: float = 1.0, threshold: float = 20.0) -> Tensor:
    """Apply log(1 + exp(beta * x)) / beta to each element.

    Parameters
    ----------
    input : Tensor
        Of any shape.
    beta : float
        How sharp the bend at 0 is.
    threshold : float
        Where beta * x is above it, the result is x.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.nn import functional as F
    >>> F.softplus(torch.tensor([-1.0, 0.0, 30.0]))
    tensor([ 0.3133,  0.6931, 30.0000])
    """
    arguments.require_tensor(input, "softplus")
    beta = arguments.number(beta, "softplus", "beta", 2)
    threshold = arguments.number(threshold, "softplus", "threshold", 3)
    return ops.softplus(input, beta, threshold)


def relu_(input: Tensor) -> Tensor:
    """`relu`, in place."""
    return relu(input, inplace=True)


def elu_(input: Tensor, alpha: float = 1.0) -> Tensor:
    """`elu`, in place; with a negative alpha there is no backward."""
    return elu(input, alpha, inplace=True)


def leaky_relu_(input: Tensor, negative_slope: float = 0.01) -> Tensor:
    """`leaky_relu`, in place; with a negative slope there is no backward."""
    return leaky_relu(input, negative_slope, inplace=True)


def selu_(input: Tensor) -> Tensor:
    """`selu`, in place."""
    return selu(input, inplace=True)
