"""What is a case of the corpus? A function with a gradient, and a point."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

import minigrad as torch

from ...tensor import tensor_of
from ..findings import GradcheckResult
from ..gradcheck import gradcheck

Inputs = Callable[[], Sequence[Any]]


class WrongGradient(NamedTuple):
    """A function, a gradient of it with one fault, and a point where that shows.

    `forward(*inputs, **attributes)` is differentiable by autograd, rightly. `gradient(grad,
    *inputs, **attributes)` is the wrong one; it gives a gradient for each input and consists of
    operations on tensors, so that it has derivatives itself. Where inputs are arrays, both are
    NumPy functions without attributes, and `correct` is the right gradient.
    """

    name: str  # the operation and the fault
    operation: str
    forward: Callable[..., Any]
    gradient: Callable[..., Any]
    inputs: Inputs  # makes them anew
    attributes: Mapping[str, Any] = {}
    options: Mapping[str, Any] = {}  # of gradcheck
    correct: Callable[..., Any] | None = None

    def check(self) -> GradcheckResult:
        """What the checker says to the wrong gradient."""
        inputs = self.inputs()
        options = {"raise_exception": False, **self.options}
        if self.correct is not None:
            return gradcheck(self.forward, inputs, gradient=self.gradient, **options)
        return gradcheck(planted(self.forward, self.gradient, self.attributes), inputs, **options)

    def check_correct(self) -> GradcheckResult:
        """What it says to the right one, at the same point."""
        options = {"raise_exception": False, **self.options}
        forward = partial(self.forward, **self.attributes)
        if self.correct is not None:
            options["gradient"] = self.correct
        return gradcheck(forward, self.inputs(), **options)


class RightGradient(NamedTuple):
    """A function whose gradient is right, at a point where that is hard to see."""

    name: str
    forward: Callable[..., Any]
    inputs: Inputs
    options: Mapping[str, Any] = {}

    def check(self) -> GradcheckResult:
        """What the checker says."""
        return gradcheck(self.forward, self.inputs(), raise_exception=False, **self.options)


def planted(
    forward: Callable[..., Any], gradient: Callable[..., Any], attributes: Mapping[str, Any]
) -> Callable[..., Any]:
    """The function on tensors with a gradient put in autograd's place."""

    class Planted(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, *inputs: Any) -> Any:
            ctx.save_for_backward(*inputs)
            return forward(*inputs, **attributes)

        @staticmethod
        def backward(ctx: Any, *grads: Any) -> Any:
            return gradient(*grads, *ctx.saved_tensors, **attributes)

    return Planted.apply


def leaf(values: Any, dtype: Any = np.float64) -> torch.Tensor:
    """A tensor of the numbers, or of the array as it lies in memory, that wants a gradient."""
    return tensor_of(np.asarray(values, dtype), requires_grad=True)


def sample(*shape: int, low: float = -2.0, high: float = 2.0, seed: int = 0) -> torch.Tensor:
    """A leaf of uniform numbers, the same ones each time."""
    return leaf(np.random.default_rng(seed).uniform(low, high, shape).round(3))
