"""RMSprop: steps divided by the root of a running average of the squared gradient.

Source: Tieleman & Hinton, "Lecture 6.5: RMSprop", Coursera, 2012; centred and with momentum as
in Graves, "Generating sequences with recurrent neural networks", 2013, equations 38 to 41, with
eps outside the root. The order of operations is PyTorch's:

slope      = grad + weight_decay · param           (grad negated to maximise)
square_avg = α · square_avg + (1 - α) · slope²
grad_avg   = grad_avg + (1 - α) · (slope - grad_avg)
spread     = √(square_avg - grad_avg² if centered else square_avg) + eps
param     -= lr · slope / spread,  with momentum lr · buffer, where
buffer     = momentum · buffer + slope / spread
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernels.intrinsics import multiply_add
from ..kernels.kernel import Array, Flat, FlatOfFloat32, VectorOfFloat64, kernel
from ..tensor import Tensor
from .group_values import check_not_negative, number, require_one_element
from .kernel_optimizer import KernelOptimizer
from .optimizer import ParamsT
from .rounding import lerp


def definition(
    param: Tensor, grad: Tensor, state: dict[str, Tensor], settings: dict[str, Any]
) -> tuple[Tensor, dict[str, Tensor]]:
    """The new parameter and state, in plain tensor operations."""
    alpha = settings["alpha"]
    grad = -grad if settings["maximize"] else grad
    if settings["weight_decay"] != 0:
        grad = grad + settings["weight_decay"] * param
    square_avg = alpha * state["square_avg"] + (1 - alpha) * grad * grad
    new = {"step": state["step"] + 1, "square_avg": square_avg}
    if settings["centered"]:
        average = new["grad_avg"] = state["grad_avg"] + (1 - alpha) * (grad - state["grad_avg"])
        square_avg = square_avg - average * average
    spread = square_avg.sqrt() + settings["eps"]
    if settings["momentum"] > 0:
        buffer = settings["momentum"] * state["momentum_buffer"] + grad / spread
        new["momentum_buffer"] = buffer
        return param - settings["lr"] * buffer, new
    return param - settings["lr"] * grad / spread, new


def _flops(param: Array, settings: Array) -> int:
    weight_decay, momentum, centered = settings[3:6] != 0
    return (10 + 2 * weight_decay + 2 * momentum + 5 * centered) * param.size + 3


@kernel(
    writes=("param", "step", "square_avg", "momentum_buffer", "grad_avg"),
    flops=_flops,
    elementwise=True,
)
def descend(
    param: Flat,
    grad: Flat,
    step: FlatOfFloat32,
    square_avg: Flat,
    momentum_buffer: Flat,
    grad_avg: Flat,
    settings: VectorOfFloat64,
) -> None:
    step[0] += np.float32(1)
    one = param.dtype.type(1)
    lr, alpha, eps, weight_decay = settings[0], settings[1], settings[2], settings[3]
    momentum = settings[4]
    kept, weight = param.dtype.type(alpha), param.dtype.type(1 - alpha)
    rest, small, length = one - weight, param.dtype.type(eps), param.dtype.type(lr)
    pull, inertia = param.dtype.type(weight_decay), param.dtype.type(momentum)
    sign = -one if settings[6] != 0 else one
    for i in range(param.size):
        slope = sign * grad[i]
        if weight_decay != 0:  # or an infinite parameter would become NaN
            slope = multiply_add(pull, param[i], slope)
        square_avg[i] = multiply_add(weight * slope, slope, kept * square_avg[i])
        spread = square_avg[i]
        if settings[5] != 0:
            grad_avg[i] = lerp(grad_avg[i], slope, weight, rest)
            spread = multiply_add(-grad_avg[i], grad_avg[i], spread)
        spread = np.sqrt(spread) + small
        if momentum > 0:
            momentum_buffer[i] = inertia * momentum_buffer[i] + slope / spread
            param[i] = multiply_add(-length, momentum_buffer[i], param[i])
        else:
            param[i] -= length * slope / spread


class RMSprop(KernelOptimizer):
    """RMSprop, optionally centred and with momentum.

    Parameters
    ----------
    params : iterable of Tensor, of pairs of a name and a Tensor, or of dicts
    lr : learning rate, a number or a tensor of one element
    alpha : decay of the averages
    eps : added to the denominator
    weight_decay, momentum : numbers
    centered : whether to divide by an estimate of the gradient's standard deviation instead
    maximize : bool
    foreach : accepted; there is one way to run
    capturable : there are no graphs to capture in: as with PyTorch's on the CPU, a step fails
    differentiable : whether gradients go through the step; then no parameter may be a leaf that
        requires one

    >>> import minigrad as torch
    >>> w = torch.ones(1, requires_grad=True)
    >>> optimizer = torch.optim.RMSprop([w], lr=0.01)
    >>> (w * 3).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.9000], requires_grad=True)
    """

    definition = staticmethod(definition)
    kernel = descend
    buffers = ("square_avg", "momentum_buffer", "grad_avg")
    added = {
        "momentum": 0,
        "centered": False,
        "foreach": None,
        "maximize": False,
        "differentiable": False,
        "capturable": False,
    }

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        require_one_element(lr, "lr")
        check_not_negative(
            {
                "learning rate": lr,
                "epsilon value": eps,
                "momentum value": momentum,
                "weight_decay value": weight_decay,
                "alpha value": alpha,
            }
        )
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "alpha": alpha,
            "eps": eps,
            "centered": centered,
            "weight_decay": weight_decay,
            "capturable": capturable,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def numbers(self, group: dict[str, Any]) -> tuple[Any, ...]:
        return (
            number(group["lr"]),
            group["alpha"],
            group["eps"],
            group["weight_decay"],
            group["momentum"],
            bool(group["centered"]),
            bool(group["maximize"]),
        )

    def factors(self, group: dict[str, Any]) -> tuple[Any, ...]:
        return (*super().factors(group), 1 - number(group["alpha"]))

    def interpolates(self, group: dict[str, Any]) -> bool:
        return bool(group["centered"])

    def needed(self, group: dict[str, Any]) -> tuple[str, ...]:
        wanted = {"momentum_buffer": group["momentum"] > 0, "grad_avg": group["centered"]}
        return tuple(name for name in self.buffers if wanted.get(name, True))
