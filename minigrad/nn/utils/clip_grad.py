"""How are gradients kept from getting too large?

gradient *= min(max_norm / (norm of all gradients + 1e-6), 1)

Kernels do it, without looking at a value, so that it becomes part of a recorded step. Source:
Pascanu, Mikolov & Bengio, "On the difficulty of training recurrent neural networks", 2013.
"""

from __future__ import annotations

import warnings
from types import GeneratorType

import numpy as np

from minigrad.arrays import update_each
from minigrad.dtypes import result_type
from minigrad.functions.promotion import require_kind
from minigrad.functions.rewriting import check_memory
from minigrad.grad_mode import no_grad
from minigrad.kernels.kernel import Flat, Scalar, kernel
from minigrad.launch import one_line
from minigrad.tensor import Tensor, bump_versions

from ..renamed import renamed
from .total_norm import Tensors, get_total_norm, listed


@kernel(writes=("grad",), flops=lambda grad: grad.size + 3, elementwise=True)
def shorten(grad: Flat, norm: Flat, longest: Scalar) -> None:
    one = grad.dtype.type(1)
    factor = one / (norm[0] + grad.dtype.type(1e-6)) * longest
    if factor > one:
        factor = one
    for i in range(grad.size):
        grad[i] *= factor


@kernel(writes=("grad",), flops=0, elementwise=True)
def limit(grad: Flat, low: Scalar, high: Scalar) -> None:
    for i in range(grad.size):
        if grad[i] < low or np.isnan(low):
            grad[i] = low
        if grad[i] > high:
            grad[i] = high


def clip_grad_norm_(
    parameters: Tensors,
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Shorten the gradients of parameters, in place, so that their common norm is not larger.

    Parameters
    ----------
    parameters : Tensor or iterable of Tensor
        Those that have no gradient are left out.
    max_norm : float
        The largest norm.
    norm_type : float
        The order p of the norm; infinity gives the largest magnitude.
    error_if_nonfinite : bool
        Whether a norm that is infinite or no number is an error. The gradients are then as they
        were.
    foreach : bool, optional
        Accepted; there is one way to run.

    Returns
    -------
    Tensor
        The norm that the gradients had, a scalar.

    Raises
    ------
    RuntimeError
        See `error_if_nonfinite`.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> w = torch.zeros(2, requires_grad=True)
    >>> w.grad = torch.tensor([3.0, 4.0])
    >>> nn.utils.clip_grad_norm_(w, max_norm=1.0)
    tensor(5.)
    >>> w.grad
    tensor([0.6000, 0.8000])
    """
    given = listed(parameters)
    if isinstance(parameters, GeneratorType) and not given:
        warnings.warn(
            "`parameters` is an empty generator, no gradient clipping will occur.", stacklevel=2
        )
    norm = get_total_norm(_gradients(given), norm_type, error_if_nonfinite, foreach)
    clip_grads_with_norm_(given, max_norm, norm, foreach)
    return norm


clip_grad_norm = renamed("minigrad.nn.utils", clip_grad_norm_)


def clip_grads_with_norm_(
    parameters: Tensors, max_norm: float, total_norm: Tensor, foreach: bool | None = None
) -> None:
    """Shorten the gradients of parameters, in place, of which the common norm is known.

    Parameters
    ----------
    parameters, max_norm, foreach :
        As for `clip_grad_norm_`.
    total_norm : Tensor
        The common norm, a scalar, such as `get_total_norm` gives.

    Raises
    ------
    RuntimeError
        A gradient is of integers or bools.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> w = torch.zeros(2, requires_grad=True)
    >>> w.grad = torch.tensor([3.0, 4.0])
    >>> nn.utils.clip_grads_with_norm_(w, 1.0, nn.utils.get_total_norm([w.grad]))
    >>> w.grad
    tensor([0.6000, 0.8000])
    """
    grads = _gradients(listed(parameters))
    longest = float(max_norm)
    if not grads:
        return
    if not isinstance(total_norm, Tensor):
        raise TypeError(f"total_norm must be a Tensor, not {type(total_norm).__name__}")
    if total_norm.dim() != 0:
        raise RuntimeError(
            f"scalar tensor expected to be 0 dim but it has {total_norm.dim()} dimensions and "
            f"{total_norm.numel()} elements."
        )
    _require_floating(grads, total_norm, longest)
    with one_line(), no_grad():
        norms = {dtype: total_norm.to(dtype).array for dtype in {each.dtype for each in grads}}
        update_each(shorten, [(each.array, norms[each.dtype], longest) for each in grads])
    bump_versions(grads)


def clip_grad_value_(parameters: Tensors, clip_value: float, foreach: bool | None = None) -> None:
    """Bring every element of the gradients of parameters, in place, into ±clip_value.

    Parameters
    ----------
    parameters, foreach :
        As for `clip_grad_norm_`.
    clip_value : float
        The largest magnitude.

    Raises
    ------
    RuntimeError
        A gradient is of integers or bools, or there is none.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> w = torch.zeros(2, requires_grad=True)
    >>> w.grad = torch.tensor([3.0, -0.2])
    >>> nn.utils.clip_grad_value_(w, 0.5)
    >>> w.grad
    tensor([ 0.5000, -0.2000])
    """
    bound = float(clip_value)
    grads = _gradients(listed(parameters))
    if not grads:
        raise RuntimeError("clip_grad_value_: none of the parameters has a gradient")
    _require_floating(grads, bound)
    with one_line():
        update_each(limit, [(each.array, -bound, bound) for each in grads])
    bump_versions(grads)


def _gradients(parameters: list[Tensor]) -> list[Tensor]:
    """The gradients of those that have one; none whose elements share memory."""
    grads = [each.grad for each in parameters]
    present = [each for each in grads if each is not None]
    for each in present:
        check_memory(each.array)
    return present


def _require_floating(grads: list[Tensor], *operands: Tensor | float) -> None:
    """Raise if a gradient has not the kind of numbers that come of it and these operands."""
    for each in grads:
        if each.array.dtype.kind != "f":
            require_kind(each.dtype, result_type(each, *operands))
