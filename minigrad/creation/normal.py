"""Random numbers of normal distributions, each with a mean and a deviation of its own."""

from __future__ import annotations

from typing import Any, Unpack

import numpy as np

from .. import dtypes, random
from ..broadcast import broadcast_shape
from ..functions.arguments import real
from ..functions.conversion import convert
from ..functions.sizes import NOT_GIVEN
from ..launch import empty as empty_array, launch
from ..primitives.copies import overwrite
from ..tensor import Array, Tensor, tensor_of
from .arguments import Options, sizes, wanted as checked


def normal(
    mean: Tensor | float,
    std: Tensor | float = NOT_GIVEN,
    size: Any = NOT_GIVEN,
    *,
    generator: random.Generator | None = None,
    **options: Unpack[Options],
) -> Tensor:
    """Numbers drawn from normal distributions, within 1 ulp of PyTorch's.

    Parameters
    ----------
    mean, std : Tensor or float
        Of each number, or of all; their shapes are broadcast. Their gradients are 0.
    size : tuple of int
        How many numbers; given if, and only if, `mean` and `std` are numbers, which tensors
        without dimensions may be. Then there are the options of `zeros`, too.
    generator : Generator, optional

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.normal(0, 1, (3,), generator=torch.Generator().manual_seed(0))
    tensor([ 1.5410, -0.2934, -2.1788])
    >>> torch.normal(torch.tensor([0.0, 100.0]), 0.0)
    tensor([  0., 100.])
    """
    sized = size is not NOT_GIVEN
    if std is NOT_GIVEN and not sized:
        std = 1.0
    tensors = [each for each in (mean, std) if isinstance(each, Tensor)]
    if sized and not any(each.array.ndim or each.requires_grad for each in tensors):
        tensors = []  # each is a number
    if bool(tensors) == sized or (tensors and options) or std is NOT_GIVEN:
        raise TypeError(
            "normal(): argument 'size' must be tuple of ints if mean and std are numbers, and "
            "there is neither size nor an option if one of them is a Tensor"
        )
    if not tensors:
        wanted = checked("normal", options)
        shape = sizes("normal", (), size, 3)
        drawn = tensor_of(empty_array(shape, (wanted.dtype or dtypes.get_default_dtype()).numpy))
        return wanted.finished(drawn.normal_(mean, std, generator=generator).array)
    shape = broadcast_shape(tensors[0].array.shape, tensors[-1].array.shape)
    drawn = tensor_of(empty_array(shape, tensors[0].array.dtype))
    if isinstance(std, Tensor):
        launch(_stretch, std.array, drawn.normal_(generator=generator).array)
    else:
        drawn.normal_(0.0, std, generator=generator)
    drawn.add_(mean.detach() if isinstance(mean, Tensor) else real(mean, "normal", "mean", 1))
    named = f"NormalBackward{3 if len(tensors) > 1 else 1 if tensors[0] is mean else 2}"
    for each in tensors:
        if each.requires_grad:
            wanted_of = convert(each, drawn.dtype)
            drawn = overwrite(wanted_of.expand(shape), drawn, named=named)
    return drawn


def _stretch(std: Array, numbers: Array) -> None:
    if not (std >= 0).all():  # nor may it be NaN
        raise RuntimeError("normal expects all elements of std >= 0.0")
    np.multiply(numbers, std, out=numbers, casting="same_kind")
