"""Are two tensors equal, or nearly so?"""

from __future__ import annotations

import numpy as np

from ..broadcast import broadcast_shape
from ..launch import launch, reading_value
from ..memory_order import empty_in_order
from ..tensor import Array, Tensor, tensor_of
from . import arguments
from .dimensions import require_bool
from .promotion import promoted


def equal(input: Tensor, other: Tensor) -> bool:
    """Tell whether two tensors have one shape and equal elements; NaN equals nothing.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.equal(torch.tensor([1, 2]), torch.tensor([1, 2]))
    True
    """
    arguments.require_tensor(input, "equal")
    arguments.require_tensor(other, "equal", "other", 2)
    reading_value("equal()")
    if input.array.shape != other.array.shape:
        return False
    a, b = promoted(input, other)
    return bool(np.equal(a.array, b.array).all())


def isclose(
    input: Tensor,
    other: Tensor,
    rtol: float = 1e-05,
    atol: float = 1e-08,
    equal_nan: bool = False,
) -> Tensor:
    """Tell where |input - other| <= atol + rtol * |other|.

    Parameters
    ----------
    input, other : Tensor
        Of one dtype; their shapes are broadcast. Infinities are close to themselves.
    rtol, atol : float
        Not negative.
    equal_nan : bool
        Whether NaN is close to NaN.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.isclose(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 2.1]))
    tensor([ True, False])
    """
    return tensor_of(_close(input, other, rtol, atol, equal_nan, "isclose"))


def allclose(
    input: Tensor,
    other: Tensor,
    rtol: float = 1e-05,
    atol: float = 1e-08,
    equal_nan: bool = False,
) -> bool:
    """Tell whether `isclose` holds for all elements.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.allclose(torch.tensor([1.0]), torch.tensor([1.0 + 1e-7]))
    True
    """
    reading_value("allclose()")
    return bool(_close(input, other, rtol, atol, equal_nan, "allclose").all())


def _close(
    input: Tensor, other: Tensor, rtol: float, atol: float, equal_nan: bool, function: str
) -> Array:
    arguments.require_tensor(input, function)
    arguments.require_tensor(other, function, "other", 2)
    if input.array.dtype != other.array.dtype:
        raise RuntimeError(f"{input.dtype.scalar_type} did not match {other.dtype.scalar_type}")
    rtol = arguments.real(rtol, function, "rtol", 3)
    atol = arguments.real(atol, function, "atol", 4)
    require_bool(equal_nan, function, "equal_nan")
    for name, given in (("rtol", rtol), ("atol", atol)):
        if not given >= 0:
            raise RuntimeError(f"{name} must be greater than or equal to zero, but got {given:g}")
    for each in (input, other) if function == "isclose" else ():
        arguments.require_history(each)
    shape = broadcast_shape(input.array.shape, other.array.shape)
    out = empty_in_order(shape, np.bool_, input.array, other.array)
    launch(_is_close, input.array, other.array, rtol, atol, equal_nan, out)
    return out


def _is_close(a: Array, b: Array, rtol: float, atol: float, equal_nan: bool, out: Array) -> None:
    with np.errstate(all="ignore"):
        distance = np.abs(np.subtract(a, b, dtype=np.float64))
        allowed = atol + np.abs(np.multiply(rtol, b, dtype=np.float64))
        np.copyto(out, (a == b) | (np.isfinite(distance) & (distance <= allowed)))
    if equal_nan:
        np.copyto(out, True, where=np.isnan(a) & np.isnan(b))
