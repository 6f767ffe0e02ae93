"""Adam: steps scaled by running averages of the gradient and of its square.

Source: Kingma & Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1; with
amsgrad the denominator never shrinks (Reddi, Kale & Kumar, 2018). The order of operations is
PyTorch's.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import structure
from ..arrays import full, update_each
from ..kernel import Array, Flat, FlatOfFloat32, VectorOfFloat64, kernel
from ..launch import empty
from ..tensor import Tensor, bump_versions
from .optimizer import Optimizer, ParamsT, check_unsupported, raise_shapes, with_gradients


def definition(
    param: Tensor, grad: Tensor, state: dict[str, Tensor], settings: dict[str, Any]
) -> tuple[Tensor, dict[str, Tensor]]:
    """The new parameter and state, in plain tensor operations."""
    beta1, beta2 = settings["betas"]
    grad = -grad if settings["maximize"] else grad
    if settings["weight_decay"] != 0:
        grad = grad + settings["weight_decay"] * param
    step = state["step"] + 1
    exp_avg = state["exp_avg"] + (1 - beta1) * (grad - state["exp_avg"])
    exp_avg_sq = beta2 * state["exp_avg_sq"] + (1 - beta2) * (grad * grad)
    correction1 = 1 - beta1 ** step.item()
    correction2 = 1 - beta2 ** step.item()
    largest = exp_avg_sq
    new = {"step": step, "exp_avg": exp_avg, "exp_avg_sq": exp_avg_sq}
    if settings["amsgrad"]:
        known = state["max_exp_avg_sq"]
        largest = new["max_exp_avg_sq"] = known + (exp_avg_sq - known) * (exp_avg_sq > known)
    denominator = largest.sqrt() / correction2**0.5 + settings["eps"]
    return param - (settings["lr"] / correction1) * (exp_avg / denominator), new


@kernel(writes=("param", "step", "exp_avg", "exp_avg_sq", "max_exp_avg_sq"))
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
    beta1, beta2 = settings[1], settings[2]
    step_size = param.dtype.type(settings[0] / (1 - beta1 ** np.float64(step[0])))
    root = param.dtype.type(np.sqrt(1 - beta2 ** np.float64(step[0])))
    weight1, weight2 = param.dtype.type(1 - beta1), param.dtype.type(1 - beta2)
    beta2_here, eps = param.dtype.type(beta2), param.dtype.type(settings[3])
    weight_decay = param.dtype.type(settings[4])
    sign = -one if settings[6] != 0 else one
    for i in range(param.size):
        slope = sign * grad[i]
        if weight_decay != 0:  # or an infinite parameter would become NaN
            slope += weight_decay * param[i]
        exp_avg[i] += weight1 * (slope - exp_avg[i])
        exp_avg_sq[i] = beta2_here * exp_avg_sq[i] + weight2 * (slope * slope)
        largest = exp_avg_sq[i]
        if settings[5] != 0:
            largest = max(largest, max_exp_avg_sq[i])
            max_exp_avg_sq[i] = largest
        param[i] -= step_size * (exp_avg[i] / (np.sqrt(largest) / root + eps))


class Adam(Optimizer):
    """Adam, optionally with L2 penalty and amsgrad.

    Parameters
    ----------
    params : iterable of Tensor or of dicts
    lr : learning rate
    betas : decay of the averages of the gradient and of its square, each in [0, 1)
    eps : added to the denominator
    weight_decay : number; amsgrad, maximize : bools
    foreach, fused : accepted; there is one way to run

    >>> import minigrad as torch
    >>> w = torch.ones(1, requires_grad=True)
    >>> optimizer = torch.optim.Adam([w], lr=0.1)
    >>> (w * 3).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.9000], requires_grad=True)
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
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
        if decoupled_weight_decay:
            raise ValueError("decoupled_weight_decay=True is not supported by minigrad's Adam")
        defaults = {
            "lr": lr,
            "betas": betas,
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
        self.check(defaults)
        super().__init__(params, defaults)

    def check(self, group: dict[str, Any]) -> None:
        check_unsupported(group)
        if not group["lr"] >= 0:
            raise ValueError(f"Invalid learning rate: {group['lr']}")
        if not group["eps"] >= 0:
            raise ValueError(f"Invalid epsilon value: {group['eps']}")
        for position, beta in enumerate(group["betas"]):
            if not 0.0 <= beta < 1.0:
                raise ValueError(f"Invalid beta parameter at index {position}: {beta}")
        if not group["weight_decay"] >= 0:
            raise ValueError(f"Invalid weight_decay value: {group['weight_decay']}")

    def numbers(self, group: dict[str, Any]) -> tuple[Any, ...]:
        return (
            group["lr"],
            *group["betas"],
            group["eps"],
            group["weight_decay"],
            group["amsgrad"],
            group["maximize"],
        )

    def update(self, group: dict[str, Any], settings: Array) -> None:
        calls: list[tuple[Any, ...]] = []
        changed: list[Tensor] = []
        for param, grad in with_gradients(group["params"]):
            state = self._state(param, group["amsgrad"])
            for name, tensor in state.items():
                if tensor.array.shape != (() if name == "step" else param.array.shape):
                    raise_shapes(param, tensor)
            changed += [param, *state.values()]
            if group["amsgrad"]:
                largest = state["max_exp_avg_sq"].array
            else:
                largest = empty((0,), param.array.dtype)
            kept = [state[name].array for name in ("step", "exp_avg", "exp_avg_sq")]
            calls.append((param.array, grad, *kept, largest, settings))
        update_each(descend, calls)
        bump_versions(changed)

    def _state(self, param: Tensor, amsgrad: bool) -> dict[str, Tensor]:
        state = self.state[param]
        if not state:
            structure.bump()
            shape, dtype = param.array.shape, param.array.dtype
            state["step"] = Tensor(full((), np.float32, 0.0))
            names = ["exp_avg", "exp_avg_sq"] + ["max_exp_avg_sq"] * amsgrad
            state.update({name: Tensor(full(shape, dtype, 0.0)) for name in names})
        return state
