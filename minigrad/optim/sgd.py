"""Stochastic gradient descent, with momentum as Sutskever et al. (2013) and PyTorch write it.

slope    = grad + weight_decay · param          (grad negated to maximise)
velocity = momentum · velocity + (1 - dampening) · slope,  in the first step just slope
param   -= lr · velocity,  with Nesterov lr · (slope + momentum · velocity)
"""

from __future__ import annotations

from itertools import repeat
from typing import Any

from .. import structure
from ..arrays import update_each, update_where_they_lie
from ..kernels.intrinsics import multiply_add
from ..kernels.kernel import Array, Flat, Scalar, VectorOfFloat64, kernel
from ..memory_order import empty_in_order
from ..tensor import Tensor, bump_versions, tensor_of
from .group_values import number, require_number, require_one_element
from .kernel_operands import check_dtypes, check_shape, raise_shapes, with_gradients
from .kernel_optimizer import KernelOptimizer
from .optimizer import ParamsT


def definition(
    param: Tensor, grad: Tensor, state: dict[str, Tensor], settings: dict[str, Any]
) -> tuple[Tensor, dict[str, Tensor]]:
    """The new parameter and state, in plain tensor operations."""
    slope = -grad if settings["maximize"] else grad
    if settings["weight_decay"] != 0:
        slope = slope + settings["weight_decay"] * param
    if settings["momentum"] == 0:
        return param - settings["lr"] * slope, {}
    if "momentum_buffer" in state:
        old = settings["momentum"] * state["momentum_buffer"]
        velocity = old + (1 - settings["dampening"]) * slope
    else:
        velocity = slope.detach()  # without a history, as PyTorch's
    direction = slope + settings["momentum"] * velocity if settings["nesterov"] else velocity
    return param - settings["lr"] * direction, {"momentum_buffer": velocity}


@kernel(
    writes=("param",),
    flops=lambda param, settings: (5 if settings[3] else 3) * param.size,
    elementwise=True,
)
def descend(param: Flat, grad: Flat, settings: VectorOfFloat64) -> None:
    lr, weight_decay = param.dtype.type(settings[0]), param.dtype.type(settings[3])
    sign = param.dtype.type(-1 if settings[5] != 0 else 1)
    for i in range(param.size):
        slope = sign * grad[i]
        if settings[3] != 0:  # or an infinite parameter would become NaN
            slope = multiply_add(weight_decay, param[i], slope)
        param[i] = multiply_add(-lr, slope, param[i])


def _flops(param: Array, first: float, settings: Array) -> int:
    each = 3 + 3 * (first == 0) + 2 * (settings[3] != 0) + 2 * (settings[4] != 0)
    return int(each) * param.size + 1


@kernel(writes=("param", "velocity"), flops=_flops, elementwise=True)
def descend_with_momentum(
    param: Flat, grad: Flat, velocity: Flat, first: Scalar, settings: VectorOfFloat64
) -> None:
    lr, momentum = param.dtype.type(settings[0]), param.dtype.type(settings[1])
    kept = param.dtype.type(1 - settings[2])
    weight_decay = param.dtype.type(settings[3])
    sign = param.dtype.type(-1 if settings[5] != 0 else 1)
    for i in range(param.size):
        slope = sign * grad[i]
        if settings[3] != 0:  # or an infinite parameter would become NaN
            slope = multiply_add(weight_decay, param[i], slope)
        if first != 0:
            velocity[i] = slope
        else:
            velocity[i] = multiply_add(kept, slope, momentum * velocity[i])
        if settings[4] != 0:
            slope = multiply_add(momentum, velocity[i], slope)
        else:
            slope = velocity[i]
        param[i] = multiply_add(-lr, slope, param[i])


class SGD(KernelOptimizer):
    """Stochastic gradient descent, optionally with momentum.

    Parameters
    ----------
    params : iterable of Tensor, of pairs of a name and a Tensor, or of dicts
    lr : learning rate, a number or a tensor of one element
    momentum, dampening, weight_decay : numbers
    nesterov, maximize : bools
    foreach, fused : accepted; there is one way to run
    differentiable : whether gradients go through the step; then no parameter may be a leaf that
        requires one

    >>> import minigrad as torch
    >>> w = torch.ones(1, requires_grad=True)
    >>> optimizer = torch.optim.SGD([w], lr=0.1)
    >>> (w * 3).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.7000], requires_grad=True)
    """

    definition = staticmethod(definition)
    buffers = ()
    added = {
        "nesterov": False,
        "maximize": False,
        "foreach": None,
        "differentiable": False,
        "fused": False,
    }

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float | Tensor = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        require_one_element(lr, "lr")
        named = {"learning rate": lr, "momentum value": momentum}
        for name, value in {**named, "weight_decay value": weight_decay}.items():
            require_number(value, name)
            if value < 0.0:  # NaN is not refused
                raise ValueError(f"Invalid {name}: {value}")
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")
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
        super().__init__(params, defaults)

    def numbers(self, group: dict[str, Any]) -> tuple[Any, ...]:
        return (
            number(group["lr"]),
            group["momentum"],
            group["dampening"],
            number(group["weight_decay"]),
            bool(group["nesterov"]),
            bool(group["maximize"]),
        )

    def factors(self, group: dict[str, Any]) -> tuple[Any, ...]:
        pull = number(group["momentum"]) if group["nesterov"] else 0
        return (*super().factors(group), pull)

    def update(self, group: dict[str, Any], settings: Array) -> None:
        params, arrays, grads = with_gradients(group)
        if group["momentum"] == 0:
            update_each(descend, [*zip(arrays, grads, repeat(settings), strict=False)])
            bump_versions(params)
            return
        changed = params.copy()
        calls: list[tuple[Any, ...]] = []
        apart: list[tuple[Any, ...]] = []
        kept = [self.state[param].get("momentum_buffer") for param in params]
        for param, array, grad, known in zip(params, arrays, grads, kept, strict=True):
            velocity = self._begin_velocity(param) if known is None else known
            buffer = velocity.array
            if buffer.shape != array.shape:
                raise_shapes(param, velocity)
            changed.append(velocity)
            ready = array.flags.carray and buffer.flags.carray and buffer.dtype is array.dtype
            first = 1.0 if known is None else 0.0
            (calls if ready else apart).append((array, grad, buffer, first, settings))
        if apart:
            check_dtypes(group, self.state, ("momentum_buffer",), interpolates=False)
        update_where_they_lie(descend_with_momentum, calls, apart)
        bump_versions(changed)

    def begin(self, param: Tensor, needed: tuple[str, ...]) -> None:
        """There is no state before the first step, which begins with the slope."""

    def _begin_velocity(self, param: Tensor) -> Tensor:
        """Memory for a parameter's first velocity."""
        structure.bump()
        gradient = param._grad
        assert gradient is not None
        # In the order of the first gradient, whose copy it is in PyTorch.
        made = empty_in_order(param.array.shape, param.array.dtype, gradient.array)
        velocity = self.state[param]["momentum_buffer"] = tensor_of(made)
        return velocity

    def _check_state(self, group: dict[str, Any], param: Tensor, state: dict[str, Any]) -> None:
        if state.get("momentum_buffer") is not None:
            check_shape(param, "momentum_buffer", state["momentum_buffer"])
