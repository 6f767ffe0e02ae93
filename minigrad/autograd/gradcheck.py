"""Gradients held against differences of values, by the names and arguments of `torch.autograd`.

The checker is `minigrad.testing.gradcheck`, which is imported when it is called for; there is more
to be asked of it there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .graph import grad


class GradcheckError(RuntimeError):
    """A derivative by autograd is not what differences of values say."""


def gradcheck(
    func: Callable[..., Any],
    inputs: Any,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_undefined_grad: bool = True,
    check_grad_dtypes: bool = False,
    check_batched_grad: bool = False,
    check_batched_forward_grad: bool = False,
    check_forward_ad: bool = False,
    check_backward_ad: bool = True,
    fast_mode: bool = False,
    masked: bool | None = None,
) -> bool:
    """Check gradients against differences of values.

    Parameters
    ----------
    func, inputs
        A function of tensors, and what it is given: one tensor or several, some of which require
        a gradient.
    eps : float
        The largest step of the differences.
    atol, rtol : float
        What is allowed beyond the differences' own error.
    raise_exception : bool
        Whether a wrong gradient is a GradcheckError; otherwise False is returned.
    nondet_tol : float
        How far two calls may be apart.
    check_undefined_grad, check_grad_dtypes : bool
        Have no effect: functions get zeros for gradients that nobody gives, and every gradient is
        of the dtype of its tensor.
    check_batched_grad, check_batched_forward_grad, check_forward_ad, check_backward_ad, masked
        Must be as they are: there is reverse mode, for one dense gradient at a time.
    fast_mode : bool
        Look along random directions only, not at each element.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([-1.0, 2.0], dtype=torch.float64, requires_grad=True)
    >>> torch.autograd.gradcheck(torch.sigmoid, x)
    True
    """
    _refuse(
        check_batched_grad=check_batched_grad,
        check_batched_forward_grad=check_batched_forward_grad,
        check_forward_ad=check_forward_ad,
        masked=masked,
    )
    if not check_backward_ad:
        raise ValueError("gradcheck: check_backward_ad is False, and there is no other check")
    limit = 0 if fast_mode else 64
    bounds = {"step": eps, "atol": atol, "rtol": rtol, "nondet_tol": nondet_tol}
    return _checked(func, inputs, raise_exception, order=1, limit=limit, **bounds)


def gradgradcheck(
    func: Callable[..., Any],
    inputs: Any,
    grad_outputs: Any = None,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    gen_non_contig_grad_outputs: bool = False,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    check_undefined_grad: bool = True,
    check_grad_dtypes: bool = False,
    check_batched_grad: bool = False,
    check_fwd_over_rev: bool = False,
    check_rev_over_rev: bool = True,
    fast_mode: bool = False,
    masked: bool = False,
) -> bool:
    """Check gradients, and gradients of gradients; see `gradcheck`.

    Parameters
    ----------
    grad_outputs : Tensor or sequence of Tensor, optional
        Gradients of the outputs, for which gradients of gradients are looked at; by default
        random ones, some of them with gaps in memory whatever `gen_non_contig_grad_outputs` says.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([-1.0, 2.0], dtype=torch.float64, requires_grad=True)
    >>> torch.autograd.gradgradcheck(torch.sigmoid, x)
    True
    """
    _refuse(
        check_batched_grad=check_batched_grad, check_fwd_over_rev=check_fwd_over_rev, masked=masked
    )
    if not check_rev_over_rev:
        raise ValueError("gradgradcheck: check_rev_over_rev is False, and there is no other check")
    order = 2
    if grad_outputs is not None:
        func, inputs, order = *_derivative(func, _listed(inputs), _listed(grad_outputs)), 1
    limit = 0 if fast_mode else 64
    bounds = {"step": eps, "atol": atol, "rtol": rtol, "nondet_tol": nondet_tol}
    return _checked(func, inputs, raise_exception, order=order, limit=limit, **bounds)


def _refuse(**checks: bool | None) -> None:
    for name, asked in checks.items():
        if asked:
            raise NotImplementedError(
                f"gradcheck: {name} must be False: there is reverse mode, for one dense gradient "
                "at a time"
            )


def _listed(tensors: Any) -> list[Any]:
    return list(tensors) if isinstance(tensors, (tuple, list)) else [tensors]


def _derivative(
    func: Callable[..., Any], inputs: Sequence[Any], starts: Sequence[Any]
) -> tuple[Callable[..., Any], list[Any]]:
    """The function that gives a function's gradients, and what it takes."""

    def gradients(*tensors: Any) -> Any:
        given, along = tensors[: len(inputs)], tensors[len(inputs) :]
        wanted = [each for each in given if getattr(each, "requires_grad", False)]
        return grad(_listed(func(*given)), wanted, along, create_graph=True, allow_unused=True)

    return gradients, [*inputs, *starts]


def _checked(func: Callable[..., Any], inputs: Any, raise_exception: bool, **options: Any) -> bool:
    from .. import testing

    try:
        testing.gradcheck(func, inputs, **options)
    except AssertionError as error:
        if not raise_exception:
            return False
        place = ""
        if isinstance(error, testing.GradientError):
            place = f" for {error.of} with respect to {error.by}"
        raise GradcheckError(f"Jacobian mismatch{place},\n{error}") from None
    return True
