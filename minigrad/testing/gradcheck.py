"""Are the gradients of a function right? The checker, as people call it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from numbers import Integral, Real
from typing import Any

import numpy as np

from . import directions
from .comparing import Settings, compare
from .failure import CheckError, GradientError
from .findings import Findings, GradcheckResult
from .reproduction import script
from .subjects import Subject
from .subjects.choice import subject_of

METHODS = (None, "differences", "complex")


def gradcheck(
    func: Callable[..., Any],
    inputs: Any,
    *,
    gradient: Callable[..., Any] | None = None,
    order: int = 1,
    seed: int = 0,
    rtol: float = 1e-7,
    atol: float | None = None,
    step: float | None = None,
    limit: int = 64,
    method: str | None = None,
    nondet_tol: float = 0.0,
    raise_exception: bool = True,
) -> GradcheckResult:
    """Check gradients against differences of values.

    Parameters
    ----------
    func
        Takes the inputs and returns a Tensor or several, or for NumPy arrays and numbers. A
        module's parameters are checked along with the inputs.
    inputs
        One, or a sequence of them: minigrad's tensors, PyTorch's, or NumPy arrays and floats.
        Tensors that require a gradient are moved about, and so are all floats if there is a
        `gradient`; the rest is passed on. What is float32 is checked as float64, in which func
        must run as well, and then held against that to within float32's rounding.
    gradient
        Of a NumPy function: takes (grad, *inputs) and returns a gradient for each input.
    order : int
        2 checks the gradients' gradients as well, and so on.
    seed : int
        Of random cotangents and directions.
    rtol, atol : float
        What is allowed beyond the error of the differences. By default atol is a hundredth of
        rtol, times the largest value around where that is below 1, but at least 1e-12: the result
        says how many derivatives agree by atol alone, as those of values near 1e-14 do.
    step : float
        The largest step. By default 1/16, and smaller ones where differences do not settle; make
        it small where func raises an error beside the point.
    limit : int
        Outputs, and inputs, of at most so many elements are taken one by one; of more, an error
        that is found along random directions is traced to one of the elements. Along those
        rtol is of the root of the sum of squares: of n elements that are alike, an error in one
        shows from about rtol times the root of n on, with 10,000 elements from about 1e-5.
    method : str
        "differences", or "complex" for steps into complex numbers, which lose no digits; by
        default complex steps for a NumPy function if they agree with differences.
    nondet_tol : float
        How far two calls at the same point may be apart.
    raise_exception : bool
        Whether a gradient that is wrong is an error; otherwise the result is false.

    Returns
    -------
    GradcheckResult
        It is true, and says what was looked at and where there were kinks.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.testing import gradcheck
    >>> x = torch.tensor([-1.0, 0.5, 2.0], dtype=torch.float64, requires_grad=True)
    >>> assert gradcheck(torch.relu, x)
    >>> import numpy as np
    >>> assert gradcheck(np.exp, np.ones(3), gradient=lambda grad, x: grad * np.exp(x))
    """
    arguments = list(inputs) if isinstance(inputs, list | tuple) else [inputs]
    for name, whole, least in (("order", order, 1), ("seed", seed, 0), ("limit", limit, 0)):
        _require(name, whole, Integral, least, f"a whole number from {least} on")
    for name, number in (("rtol", rtol), ("atol", atol), ("nondet_tol", nondet_tol)):
        if name != "atol" or number is not None:
            _require(name, number, Real, 0, "a number from 0 on")
    if step is not None:
        _require("step", step, Real, math.ulp(0.0), "a number above 0")
    if method not in METHODS:
        raise ValueError(
            f"gradcheck: method must be None, 'differences' or 'complex', got {method!r}"
        )
    subject = subject_of(func, arguments, gradient)
    if method == "complex" and not subject.takes_complex:
        raise ValueError("gradcheck: method must not be 'complex' for tensors: it is for NumPy")
    settings = Settings(seed, rtol, atol, step, limit, method, nondet_tol)
    usual = gradcheck.__kwdefaults__ or {}
    asked = {"order": order, **settings._asdict()}
    options = {name: asked[name] for name in asked if name == "seed" or asked[name] != usual[name]}
    found: list[Findings] = []
    try:
        with subject.restored():
            for findings in _orders(subject, order, settings):
                found.append(findings)
                if findings.wrong:
                    raise GradientError(findings)
    except AssertionError as error:
        if isinstance(error, CheckError):  # and no assertion of func's own
            error.add_repeat(seed, partial(script, func, arguments, gradient, options))
        if raise_exception:
            raise
        return GradcheckResult(tuple(found), error)
    return GradcheckResult(tuple(found))


def gradgradcheck(func: Callable[..., Any], inputs: Any, **options: Any) -> GradcheckResult:
    """`gradcheck` of first and second derivatives.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.testing import gradgradcheck
    >>> x = torch.tensor([-1.0, 2.0], dtype=torch.float64, requires_grad=True)
    >>> assert gradgradcheck(torch.nn.functional.silu, x)
    """
    return gradcheck(func, inputs, order=2, **options)


def _orders(subject: Subject, order: int, settings: Settings) -> Iterator[Findings]:
    """What is found about first derivatives, then about those of the gradients, and so on."""
    generator = np.random.default_rng(settings.seed)
    size = 0.0
    for current in range(1, order + 1):
        findings = compare(subject, current, generator, settings, size)
        yield findings
        size = findings.size
        if current < order:
            subject = subject.derivative(directions.normal(subject.values(), generator))


def _require(name: str, value: Any, kind: type, least: float, expected: str) -> None:
    is_kind = isinstance(value, kind) and not isinstance(value, bool)
    if not (is_kind and value >= least):
        error = ValueError if is_kind else TypeError
        raise error(f"gradcheck: {name} must be {expected}, got {value!r}")
