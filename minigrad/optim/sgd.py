"""Stochastic gradient descent, with momentum as Sutskever et al. (2013) and PyTorch write it.

step     = grad + weight_decay · param          (grad negated to maximise)
velocity = momentum · velocity + (1 - dampening) · step,  in the first step just step
param   -= lr · velocity,  with Nesterov lr · (step + momentum · velocity)
"""

from __future__ import annotations

from typing import Any

from .. import structure
from ..arrays import copy, update_each
from ..kernel import Array, Flat, Scalar, VectorOfFloat64, kernel
from ..tensor import Tensor, bump_versions
from .optimizer import Optimizer, ParamsT, check_unsupported, raise_shapes, with_gradients


def definition(
    param: Tensor, grad: Tensor, velocity: Tensor | None, first: bool, settings: dict[str, Any]
) -> tuple[Tensor, Tensor | None]:
    """The new parameter and velocity, in plain tensor operations."""
    step = -grad if settings["maximize"] else grad
    if settings["weight_decay"] != 0:
        step = step + settings["weight_decay"] * param
    if velocity is not None:
        momentum = settings["momentum"]
        if first:
            velocity = step
        else:
            velocity = momentum * velocity + (1 - settings["dampening"]) * step
        step = step + momentum * velocity if settings["nesterov"] else velocity
    return param - settings["lr"] * step, velocity


@kernel(writes=("param",))
def descend(param: Flat, grad: Flat, settings: VectorOfFloat64) -> None:
    lr, weight_decay = param.dtype.type(settings[0]), param.dtype.type(settings[3])
    sign = param.dtype.type(-1 if settings[5] != 0 else 1)
    for i in range(param.size):
        step = sign * grad[i]
        if weight_decay != 0:  # or an infinite parameter would become NaN
            step += weight_decay * param[i]
        param[i] -= lr * step


@kernel(writes=("param", "velocity"))
def descend_with_momentum(
    param: Flat, grad: Flat, velocity: Flat, first: Scalar, settings: VectorOfFloat64
) -> None:
    lr, momentum = param.dtype.type(settings[0]), param.dtype.type(settings[1])
    kept = param.dtype.type(1 - settings[2])
    weight_decay = param.dtype.type(settings[3])
    sign = param.dtype.type(-1 if settings[5] != 0 else 1)
    for i in range(param.size):
        step = sign * grad[i]
        if weight_decay != 0:  # or an infinite parameter would become NaN
            step += weight_decay * param[i]
        velocity[i] = step if first != 0 else momentum * velocity[i] + kept * step
        if settings[4] != 0:
            param[i] -= lr * (step + momentum * velocity[i])
        else:
            param[i] -= lr * velocity[i]


class SGD(Optimizer):
    """Stochastic gradient descent, optionally with momentum.

    Parameters
    ----------
    params : iterable of Tensor or of dicts
    lr : learning rate
    momentum, dampening, weight_decay : numbers; nesterov, maximize : bools
    foreach, fused : accepted; there is one way to run

    >>> import minigrad as torch
    >>> w = torch.ones(1, requires_grad=True)
    >>> optimizer = torch.optim.SGD([w], lr=0.1)
    >>> (w * 3).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.7000], requires_grad=True)
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "dampening": dampening,
            "weight_decay": weight_decay,
            "nesterov": nesterov,
            "maximize": maximize,
            "foreach": foreach,
            "differentiable": differentiable,
            "fused": fused,
        }
        self.check(defaults)
        super().__init__(params, defaults)

    def check(self, group: dict[str, Any]) -> None:
        check_unsupported(group)
        if group["lr"] < 0:
            raise ValueError(f"Invalid learning rate: {group['lr']}")
        if group["momentum"] < 0:
            raise ValueError(f"Invalid momentum value: {group['momentum']}")
        if group["weight_decay"] < 0:
            raise ValueError(f"Invalid weight_decay value: {group['weight_decay']}")
        if group["nesterov"] and (group["momentum"] <= 0 or group["dampening"] != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")

    def numbers(self, group: dict[str, Any]) -> tuple[Any, ...]:
        return (
            group["lr"],
            group["momentum"],
            group["dampening"],
            group["weight_decay"],
            group["nesterov"],
            group["maximize"],
        )

    def update(self, group: dict[str, Any], settings: Array) -> None:
        calls: list[tuple[Any, ...]] = []
        changed: list[Tensor] = []
        momentum = group["momentum"] != 0
        for param, grad in with_gradients(group["params"]):
            changed.append(param)
            if momentum:
                velocity, first = self._velocity(param)
                if velocity.array.shape != param.array.shape:
                    raise_shapes(param, velocity)
                changed.append(velocity)
                calls.append((param.array, grad, velocity.array, first, settings))
            else:
                calls.append((param.array, grad, settings))
        update_each(descend_with_momentum if momentum else descend, calls)
        bump_versions(changed)

    def _velocity(self, param: Tensor) -> tuple[Tensor, float]:
        state = self.state[param]
        if "momentum_buffer" in state:
            return state["momentum_buffer"], 0.0
        structure.bump()
        state["momentum_buffer"] = Tensor(copy(param.array))
        return state["momentum_buffer"], 1.0
