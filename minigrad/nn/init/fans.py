"""How large should random weights be?

Their bound or standard deviation follows from the tensor's fan: the number of inputs (or outputs)
of one unit, so that neither values nor gradients grow from layer to layer. Sources: Glorot &
Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010
(Xavier); He et al., "Delving deep into rectifiers", 2015 (Kaiming).
"""

from __future__ import annotations

import math
import warnings

from minigrad.random import Generator
from minigrad.tensor import Tensor

from .filling import normal_, uniform_

LINEAR = (
    "linear",
    *(f"conv{way}{dimensions}d" for way in ("", "_transpose") for dimensions in (1, 2, 3)),
)


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """Give the factor by which weights before a nonlinearity should be larger.

    Parameters
    ----------
    nonlinearity : str
        "linear", "sigmoid", "tanh", "relu", "leaky_relu" or "selu".
    param : float, optional
        The negative slope of "leaky_relu"; 0.01 unless given.

    Examples
    --------
    >>> from minigrad import nn
    >>> nn.init.calculate_gain("relu")
    1.4142135623730951
    """
    if nonlinearity in LINEAR or nonlinearity == "sigmoid":
        return 1
    if nonlinearity == "tanh":
        return 5 / 3
    if nonlinearity == "relu":
        return math.sqrt(2.0)
    if nonlinearity == "leaky_relu":
        slope = 0.01 if param is None else param
        if isinstance(slope, bool) or not isinstance(slope, (int, float)):
            raise ValueError(f"negative_slope {slope} not a valid number")
        return math.sqrt(2.0 / (1 + slope**2))
    if nonlinearity == "selu":
        return 3 / 4
    raise ValueError(f"Unsupported nonlinearity {nonlinearity}")


def xavier_uniform_(
    tensor: Tensor, gain: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Draw uniformly from ±gain * sqrt(6 / (fan_in + fan_out)).

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> weight = nn.init.xavier_uniform_(torch.empty(16, 9), gain=nn.init.calculate_gain("tanh"))
    >>> weight.abs().max().item() <= 5 / 3 * (6 / (16 + 9)) ** 0.5
    True
    """
    bound = math.sqrt(3.0) * _xavier_deviation(tensor, gain)
    return uniform_(tensor, -bound, bound, generator)


def xavier_normal_(
    tensor: Tensor, gain: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Draw from the normal distribution of deviation gain * sqrt(2 / (fan_in + fan_out)).

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> _ = torch.manual_seed(0)
    >>> weight = nn.init.xavier_normal_(torch.empty(500, 200))
    >>> abs(weight.std().item() - (2 / (500 + 200)) ** 0.5) < 1e-3
    True
    """
    return normal_(tensor, 0.0, _xavier_deviation(tensor, gain), generator)


def kaiming_uniform_(
    tensor: Tensor,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Draw uniformly from ±gain * sqrt(3 / fan).

    Parameters
    ----------
    tensor : Tensor
        Of shape (fan_out, fan_in), or with further dimensions, which multiply both.
    a : float
        The negative slope of the "leaky_relu" that follows.
    mode : {"fan_in", "fan_out"}
        Whether the variance of the outputs or that of the gradients is kept.
    nonlinearity : str
        What follows; see `calculate_gain`.
    generator : Generator, optional
        The source of the random numbers; the default one unless given.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> weight = nn.init.kaiming_uniform_(torch.empty(16, 9), nonlinearity="relu")
    >>> bool(weight.numpy().max() <= (6 / 9) ** 0.5)
    True
    """
    if 0 in tensor.shape:
        warnings.warn("Initializing zero-element tensors is a no-op", stacklevel=2)
        return tensor
    bound = math.sqrt(3.0) * _kaiming_deviation(tensor, a, mode, nonlinearity)
    return uniform_(tensor, -bound, bound, generator)


def kaiming_normal_(
    tensor: Tensor,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Draw from the normal distribution of deviation gain / sqrt(fan).

    The arguments are those of `kaiming_uniform_`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> _ = torch.manual_seed(0)
    >>> weight = nn.init.kaiming_normal_(torch.empty(500, 200))
    >>> abs(weight.std().item() - (2 / 200) ** 0.5) < 1e-3
    True
    """
    if 0 in tensor.shape:
        warnings.warn("Initializing zero-element tensors is a no-op", stacklevel=2)
        return tensor
    return normal_(tensor, 0.0, _kaiming_deviation(tensor, a, mode, nonlinearity), generator)


def _calculate_fan_in_and_fan_out(tensor: Tensor) -> tuple[int, int]:
    """Give the inputs and the outputs of one unit of a weight (out, in, ...).

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.init._calculate_fan_in_and_fan_out(nn.Linear(9, 16).weight)
    (9, 16)
    >>> nn.init._calculate_fan_in_and_fan_out(torch.empty(4, 2, 3, 3))
    (18, 36)
    """
    if tensor.dim() < 2:
        raise ValueError(
            "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"
        )
    outputs, inputs, *receptive_field = tensor.shape
    size = math.prod(receptive_field)
    return inputs * size, outputs * size


def _xavier_deviation(tensor: Tensor, gain: float) -> float:
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    return gain * math.sqrt(2.0 / (fan_in + fan_out))


def _kaiming_deviation(tensor: Tensor, slope: float, mode: str, nonlinearity: str) -> float:
    modes = ["fan_in", "fan_out"]
    wanted = mode.lower()
    if wanted not in modes:
        raise ValueError(f"Mode {wanted} not supported, please use one of {modes}")
    fan = _calculate_fan_in_and_fan_out(tensor)[modes.index(wanted)]
    return calculate_gain(nonlinearity, slope) / math.sqrt(fan)
