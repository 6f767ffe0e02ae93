"""Adam: steps scaled by running averages of the gradient and of its square.

Source: Kingma & Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1; with
amsgrad the denominator never shrinks (Reddi, Kale & Kumar, 2018, algorithm 2); with decoupled
weight decay see `adamw`. The order of operations is PyTorch's:

slope      = grad + weight_decay · param           (grad negated to maximise)
exp_avg    = exp_avg + (1 - β₁) · (slope - exp_avg)
exp_avg_sq = β₂ · exp_avg_sq + (1 - β₂) · slope²
param     -= lr / (1 - β₁ᵗ) · exp_avg / (√exp_avg_sq / √(1 - β₂ᵗ) + eps)      in step t
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
    beta1, beta2 = settings["betas"]
    grad = -grad if settings["maximize"] else grad
    if settings["weight_decay"] != 0:  # or an infinite learning rate would make NaN of it
        if settings.get("decoupled_weight_decay"):
            param = param * (1 - settings["lr"] * settings["weight_decay"])
        else:
            grad = grad + settings["weight_decay"] * param
    step = state["step"] + 1
    exp_avg = state["exp_avg"] + (1 - beta1) * (grad - state["exp_avg"])
    exp_avg_sq = beta2 * state["exp_avg_sq"] + (1 - beta2) * grad * grad
    correction1 = 1 - beta1 ** step.item()
    correction2 = 1 - beta2 ** step.item()
    largest = exp_avg_sq
    new = {"step": step, "exp_avg": exp_avg, "exp_avg_sq": exp_avg_sq}
    if settings["amsgrad"]:
        known = state["max_exp_avg_sq"]
        largest = new["max_exp_avg_sq"] = known + (exp_avg_sq - known) * (exp_avg_sq > known)
    denominator = largest.sqrt() / correction2**0.5 + settings["eps"]
    return param - (settings["lr"] / correction1) * exp_avg / denominator, new


def _flops(param: Array, settings: Array) -> int:
    decoupled = settings[4] != 0 and settings[7] != 0
    pulled = settings[4] != 0 and not decoupled
    return (17 if pulled else 15) * param.size + (50 if decoupled else 48)


@kernel(
    writes=("param", "step", "exp_avg", "exp_avg_sq", "max_exp_avg_sq"),
    flops=_flops,
    elementwise=True,
)
def descend(
    param: Flat,
    grad: Flat,
    step: FlatOfFloat32,
    exp_avg: Flat,
    exp_avg_sq: Flat,
    max_exp_avg_sq: Flat,
    settings: VectorOfFloat64,
) -> None:
    step[0] += np.float32(1)
    one = param.dtype.type(1)
    lr, beta1, beta2, eps = settings[0], settings[1], settings[2], settings[3]
    weight_decay = settings[4]
    amsgrad, maximize = settings[5] != 0, settings[6] != 0
    decoupled = weight_decay != 0 and settings[7] != 0
    step_size = param.dtype.type(lr / (1 - beta1 ** np.float64(step[0])))
    root = param.dtype.type(np.sqrt(1 - beta2 ** np.float64(step[0])))
    weight1, weight2 = param.dtype.type(1 - beta1), param.dtype.type(1 - beta2)
    rest1, kept2, small = one - weight1, param.dtype.type(beta2), param.dtype.type(eps)
    shrinkage = param.dtype.type(1 - lr * weight_decay) if decoupled else one
    pull = param.dtype.type(weight_decay)
    pulled = weight_decay != 0 and not decoupled  # if not, an infinite parameter adds no NaN
    sign = -one if maximize else one
    for i in range(param.size):
        slope = sign * grad[i]
        if pulled:
            slope = multiply_add(pull, param[i], slope)
        exp_avg[i] = lerp(exp_avg[i], slope, weight1, rest1)
        exp_avg_sq[i] = multiply_add(weight2 * slope, slope, kept2 * exp_avg_sq[i])
        largest = exp_avg_sq[i]
        if amsgrad:
            known = max_exp_avg_sq[i]
            largest = known if known > largest or known != known else largest
            max_exp_avg_sq[i] = largest
        denominator = np.sqrt(largest) / root + small
        param[i] = shrinkage * param[i] - step_size * exp_avg[i] / denominator


class Adam(KernelOptimizer):
    """Adam, optionally with L2 penalty and amsgrad.

    Parameters
    ----------
    params : iterable of Tensor, of pairs of a name and a Tensor, or of dicts
    lr : learning rate, a number or a tensor of one element
    betas : decay of the averages of the gradient and of its square, each in [0, 1)
    eps : added to the denominator
    weight_decay : number
    amsgrad, maximize : bools
    foreach, fused : accepted; there is one way to run
    capturable : there are no graphs to capture in: as with PyTorch's on the CPU, a step fails
    differentiable : whether gradients go through the step; then no parameter may be a leaf that
        requires one
    decoupled_weight_decay : whether this is AdamW

    >>> import minigrad as torch
    >>> w = torch.ones(1, requires_grad=True)
    >>> optimizer = torch.optim.Adam([w], lr=0.1)
    >>> (w * 3).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.9000], requires_grad=True)
    """

    definition = staticmethod(definition)
    kernel = descend
    buffers = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq")
    added = {
        "amsgrad": False,
        "maximize": False,
        "foreach": None,
        "capturable": False,
        "differentiable": False,
        "decoupled_weight_decay": False,
        "fused": None,
    }

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-3,
        betas: tuple[float | Tensor, float | Tensor] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
        decoupled_weight_decay: bool = False,
    ) -> None:
        together = bool(foreach and not capturable)
        check_tensor(lr, "lr", together)
        check_not_negative({"learning rate": lr, "epsilon value": eps})
        for position in (0, 1):
            if not 0.0 <= betas[position] < 1.0:
                raise ValueError(f"Invalid beta parameter at index {position}: {betas[position]}")
        check_not_negative({"weight_decay value": weight_decay})
        check_betas(betas, together)
        defaults = {
            "lr": lr,
            "betas": tuple(beta.squeeze() if isinstance(beta, Tensor) else beta for beta in betas),
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
            "fused": fused,
            "decoupled_weight_decay": decoupled_weight_decay,
        }
        super().__init__(params, defaults)

    def numbers(self, group: dict[str, Any]) -> tuple[Any, ...]:
        beta1, beta2 = group["betas"]
        return (
            number(group["lr"]),
            number(beta1),
            number(beta2),
            group["eps"],
            group["weight_decay"],
            bool(group["amsgrad"]),
            bool(group["maximize"]),
            bool(group["decoupled_weight_decay"]),
        )

    def factors(self, group: dict[str, Any]) -> tuple[Any, ...]:
        rate, decay = super().factors(group)
        return (rate,) if group["decoupled_weight_decay"] else (rate, decay)

    def interpolates(self, group: dict[str, Any]) -> bool:
        return True

    def needed(self, group: dict[str, Any]) -> tuple[str, ...]:
        return self.buffers if group["amsgrad"] else self.buffers[:2]


def check_tensor(value: object, name: str, together: bool) -> None:
    """Raise for a tensor as a setting where PyTorch takes none: with `foreach` alone."""
    if isinstance(value, Tensor) and together:
        raise ValueError(
            f"{name} as a Tensor is not supported for capturable=False and foreach=True"
        )
    require_one_element(value, name)


def check_betas(betas: Any, together: bool) -> None:
    """Raise unless both are of one kind that can be used."""
    pair = betas[0], betas[1]
    if not any(all(isinstance(beta, kind) for beta in pair) for kind in (float, Tensor)):
        raise ValueError("betas must be either both floats or both Tensors")
    for position, beta in enumerate(betas):
        check_tensor(beta, f"betas[{position}]", together)
