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
    arguments.require_tensor(input, "sigmoid")
    return ops.sigmoid(input)


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
    arguments.require_tensor(input, "relu")
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
    arguments.require_tensor(input, "elu")
    if type(alpha) is not float:
        arguments.require_number(alpha, "elu", "alpha", 2)
    return inplace_activation.elu_(input, alpha) if inplace else ops.elu(input, alpha)
