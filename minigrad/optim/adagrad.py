"""Adagrad: steps divided by the root of the sum of all squared gradients.

Source: Duchi, Hazan & Singer, "Adaptive subgradient methods for online learning and stochastic
optimization", 2011, equation 1 with the diagonal of the matrix. As in PyTorch the rate decays:

slope  = grad + weight_decay · param               (grad negated to maximise)
sum    = sum + slope²
param -= lr / (1 + (t - 1) · lr_decay) · slope / (√sum + eps)      in step t
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..kernels.intrinsics import multiply_add
from ..kernels.kernel import Flat, FlatOfFloat32, VectorOfFloat64, kernel
from ..tensor import Tensor
from .group_values import check_not_negative, number, require_one_element
from .kernel_optimizer import KernelOptimizer
from .optimizer import ParamsT


def definition(
    param: Tensor, grad: Tensor, state: dict[str, Tensor], settings: dict[str, Any]
) -> tuple[Tensor, dict[str, Tensor]]:
    """The new parameter and state, in plain tensor operations."""
    grad = -grad if settings["maximize"] else grad
    if settings["weight_decay"] != 0:
        grad = grad + settings["weight_decay"] * param
    step = state["step"] + 1
    total = state["sum"] + grad * grad
    lr = settings["lr"] / (1 + (step.item() - 1) * settings["lr_decay"])
    return param - lr * grad / (total.sqrt() + settings["eps"]), {"step": step, "sum": total}


@kernel(
    writes=("param", "step", "total"),
    flops=lambda param, settings: (10 if settings[2] else 8) * param.size + 5,
    elementwise=True,
)
def descend(
    param: Flat, grad: Flat, step: FlatOfFloat32, total: Flat, settings: VectorOfFloat64
) -> None:
    step[0] += np.float32(1)
    lr, lr_decay, weight_decay = settings[0], settings[1], settings[2]
    length = param.dtype.type(lr / (1 + (np.float64(step[0]) - 1) * lr_decay))
    pull, small = param.dtype.type(weight_decay), param.dtype.type(settings[3])
    sign = param.dtype.type(-1 if settings[4] != 0 else 1)
    for i in range(param.size):
        slope = sign * grad[i]
        if weight_decay != 0:  # or an infinite parameter would become NaN
            slope = multiply_add(pull, param[i], slope)
        total[i] = multiply_add(slope, slope, total[i])
        param[i] -= length * slope / (np.sqrt(total[i]) + small)


class Adagrad(KernelOptimizer):
    """Adagrad.

    Parameters
    ----------
    params : iterable of Tensor, of pairs of a name and a Tensor, or of dicts
    lr : learning rate, a number or a tensor of one element
    lr_decay, weight_decay : numbers
    initial_accumulator_value : what the sums of squares start from
    eps : added to the denominator
    maximize : bool
    foreach, fused : accepted; there is one way to run
    differentiable : whether gradients go through the step; then no parameter may be a leaf that
        requires one

    >>> import minigrad as torch
    >>> w = torch.ones(1, requires_grad=True)
    >>> optimizer = torch.optim.Adagrad([w], lr=0.1)
    >>> (w * 3).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.9000], requires_grad=True)
    """

    definition = staticmethod(definition)
    kernel = descend
    buffers = ("sum",)
    added = {"foreach": None, "maximize": False, "differentiable": False, "fused": None}

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        require_one_element(lr, "lr")
        check_not_negative(
            {
                "learning rate": lr,
                "lr_decay value": lr_decay,
                "weight_decay value": weight_decay,
                "initial_accumulator_value value": initial_accumulator_value,
                "epsilon value": eps,
            }
        )
        defaults = {
            "lr": lr,
            "lr_decay": lr_decay,
            "eps": eps,
            "weight_decay": weight_decay,
            "initial_accumulator_value": initial_accumulator_value,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)
        for param in self.all_parameters():
            self.begin(param, self.buffers)

    def numbers(self, group: dict[str, Any]) -> tuple[Any, ...]:
        return (
            number(group["lr"]),
            group["lr_decay"],
            group["weight_decay"],
            group["eps"],
            bool(group["maximize"]),
        )

    def initial(self, name: str) -> float:
        return float(self.defaults["initial_accumulator_value"])
