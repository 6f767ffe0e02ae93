"""Does autograd give the derivatives of a function? Differences of its values decide.

For a direction u of the inputs and a weight v of the outputs, a *cotangent*, two numbers must
agree: v · (J u) from differences, and (Jᵀ v) · u from autograd. Cotangents are random, never all
ones: the sum of a BatchNorm's outputs is constant, and beside it any gradient looks right. Where
inputs and outputs are small they are also taken one element at a time: the whole Jacobian.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from .. import autograd
from ..tensor import Array, Tensor
from . import directions
from .differences import derivative_range

Function = Callable[..., Any]


class GradientError(AssertionError):
    """A derivative from autograd is not what differences of values say.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.testing import gradcheck
    >>> x = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)
    >>> try:
    ...     gradcheck(lambda x: x * x.detach(), x)
    ... except GradientError as error:
    ...     error.analytic, round(error.numeric, 6)
    (3.0, 6.0)
    """

    def __init__(
        self, where: str, analytic: float, numeric: float, error: float, seed: int
    ) -> None:
        super().__init__(
            f"{where}\n  analytic  {analytic!r}\n  numeric   {numeric!r} ± {error:.1e}\n"
            f"  seed      {seed}"
        )
        self.analytic, self.numeric, self.error, self.seed = analytic, numeric, error, seed


class Settings(NamedTuple):
    seed: int
    rtol: float
    atol: float
    step: float | None
    limit: int


def gradcheck(
    function: Function,
    inputs: Tensor | Sequence[Any],
    *,
    order: int = 1,
    seed: int = 0,
    rtol: float = 1e-7,
    atol: float = 1e-9,
    step: float | None = None,
    limit: int = 64,
) -> bool:
    """Check gradients against differences; return True or raise GradientError.

    Parameters
    ----------
    function : takes the inputs, returns a Tensor or several; must give the same each time
    inputs : Tensors that require a gradient, of float64, are moved about; others are passed on
    order : 2 checks the gradients' gradients as well, and so on
    seed : of random cotangents and directions
    rtol, atol : what is allowed beyond the error of the differences
    step : the largest step, 1/16 by default; make it smaller near the edge of the domain
    limit : outputs, and inputs, of at most so many elements are taken one by one

    >>> import minigrad as torch
    >>> from minigrad.testing import gradcheck
    >>> x = torch.tensor([-1.0, 0.0, 2.0], dtype=torch.float64, requires_grad=True)
    >>> gradcheck(torch.relu, x)
    True
    """
    arguments = [inputs] if isinstance(inputs, Tensor) else list(inputs)
    settings = Settings(seed, rtol, atol, step, limit)
    generator = np.random.default_rng(seed)
    plain = differentiable = function
    for current in range(1, order + 1):
        _check(plain, differentiable, arguments, generator, current, settings)
        outputs, count = _outputs(differentiable(*arguments)), len(arguments)
        plain = partial(_derivative, differentiable, count, create_graph=False)
        differentiable = partial(_derivative, differentiable, count, create_graph=True)
        starts = directions.normal([each.array for each in outputs], generator)
        arguments += [Tensor(each, requires_grad=True) for each in starts]
    return True


def gradgradcheck(function: Function, inputs: Tensor | Sequence[Any], **options: Any) -> bool:
    """`gradcheck` of first and second derivatives.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad.testing import gradgradcheck
    >>> x = torch.tensor([-1.0, 2.0], dtype=torch.float64, requires_grad=True)
    >>> gradgradcheck(torch.nn.functional.silu, x)
    True
    """
    return gradcheck(function, inputs, order=2, **options)


def _check(
    plain: Function,
    differentiable: Function,
    arguments: Sequence[Any],
    generator: np.random.Generator,
    order: int,
    settings: Settings,
) -> None:
    """Compare every direction with every cotangent: v · (J u) with (Jᵀ v) · u."""
    outputs = [each.array for each in _outputs(differentiable(*arguments))]
    inputs = [each.array for each in _differentiated(arguments)]
    cotangents = directions.one_by_one("output", outputs, settings.limit)
    cotangents += directions.random("a random cotangent", outputs, generator, 2)
    towards = directions.one_by_one("input", inputs, settings.limit)
    towards = towards or directions.random("a random direction", inputs, generator, 8)
    backward = [
        _derivative(differentiable, len(arguments), *arguments, *map(Tensor, cotangent.arrays))
        for cotangent in cotangents
    ]
    for direction in towards:
        low, high = _differences(plain, arguments, direction.arrays, settings.step)
        for cotangent, gradients in zip(cotangents, backward, strict=True):
            weights = _flat(cotangent.arrays)
            ends = np.stack([weights * low, weights * high])
            least, most = float(ends.min(0).sum()), float(ends.max(0).sum())
            slack = settings.atol + settings.rtol * float(np.abs(ends).max(0).sum())
            slopes = _flat([each.array for each in gradients])
            analytic = float(slopes @ _flat(direction.arrays))
            if not least - slack <= analytic <= most + slack:
                where = f"order {order}: gradient of {cotangent.name} by {direction.name}"
                error = (most - least) / 2 + slack
                raise GradientError(where, analytic, (least + most) / 2, error, settings.seed)


def _derivative(
    function: Function, count: int, *given: Any, create_graph: bool = False
) -> list[Tensor]:
    """Gradients of a function's outputs, as a function of its `count` inputs and cotangents."""
    targets = _differentiated(given[:count])
    outputs = _outputs(function(*given[:count]))
    starts = given[count:]
    used = [at for at, output in enumerate(outputs) if output.requires_grad]
    found: Sequence[Tensor | None] = [None] * len(targets)
    if used:
        found = autograd.grad(
            [outputs[at] for at in used],
            targets,
            [starts[at] for at in used],
            create_graph=create_graph,
            allow_unused=True,
        )
    gradients = []
    for gradient, target in zip(found, targets, strict=True):
        gradients.append(Tensor(np.zeros(target.shape)) if gradient is None else gradient)
        if gradients[-1].shape != target.shape:
            shapes = f"{list(gradients[-1].shape)} for an input of {list(target.shape)}"
            raise AssertionError(f"a gradient has the wrong shape: {shapes}")
    return gradients


def _differences(
    function: Function, arguments: Sequence[Any], direction: Sequence[Array], step: float | None
) -> tuple[Array, Array]:
    """The range of the derivatives of all outputs along a direction."""
    targets = [target.array for target in _differentiated(arguments)]
    starts = [target.copy() for target in targets]
    magnitude = max((float(np.abs(start).max(initial=0)) for start in starts), default=0.0)

    def value(distance: float) -> Array:
        for target, start, towards in zip(targets, starts, direction, strict=True):
            target[...] = start + distance * towards
        return _flat([each.array for each in _outputs(function(*arguments))])

    try:
        return derivative_range(value, step or max(1 / 16, magnitude * 2.0**-20), magnitude)
    finally:
        for target, start in zip(targets, starts, strict=True):
            target[...] = start


def _differentiated(arguments: Sequence[Any]) -> list[Tensor]:
    targets = [each for each in arguments if isinstance(each, Tensor) and each.requires_grad]
    if not targets:
        raise ValueError("gradcheck: none of the inputs is a Tensor that requires a gradient")
    for target in targets:
        if target.array.dtype != np.float64:
            raise ValueError(f"gradcheck: inputs must be minigrad.float64, got {target.dtype}")
    return targets


def _outputs(result: Any) -> list[Tensor]:
    listed = [result] if isinstance(result, Tensor) else list(result)
    return [each for each in listed if each is not None and each.is_floating_point()]


def _flat(arrays: Sequence[Array]) -> Array:
    return np.concatenate([np.zeros(0), *[each.ravel() for each in arrays]])
