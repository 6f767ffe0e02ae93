"""Optimisers: made for a leaf or a module's parameters, and told to take a step."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ....nn import Module
from ....optim import Optimizer
from ....tensor import Tensor
from .conditions import Strategies, repeats
from .gradients import is_leaf, wants_gradient
from .operation import Operation, register

# Settings that take other paths through an update are operations of their own.
RULES = {
    "SGD": "",
    "SGD(momentum)": "momentum=0.9, nesterov=True",
    "SGD(weight_decay)": "momentum=0.5, dampening=0.5, weight_decay=0.1, maximize=True",
    "Adam": "",
    "Adam(amsgrad)": "amsgrad=True, weight_decay=0.1",
    "AdamW": "weight_decay=0.1",
    "RMSprop": "",
    "RMSprop(centered)": "centered=True, momentum=0.9",
    "Adagrad": "lr_decay=0.1",
}


def _call(name: str, options: str) -> str:
    settings = ", ".join(["lr={rate}", options] if options else ["lr={rate}"])
    return f"torch.optim.{name.partition('(')[0]}([{{0}}], {settings})"


def _rate(*operands: Any) -> Strategies:
    return {"rate": st.sampled_from([0.1, 0.5, 0.001])}


def _may_be_stepped(tensor: Tensor) -> bool:
    return tensor.array.flags.writeable and not repeats(tensor)


def _wanted(x: Tensor) -> bool:
    """Whether it is what optimisers change."""
    return is_leaf(x) and wants_gradient(x) and _may_be_stepped(x)


def _with_parameters(module: Any) -> bool:
    return isinstance(module, Module) and any(True for _ in module.parameters())


def _takes_steps(optimiser: Any) -> bool:
    if not isinstance(optimiser, Optimizer):
        return False
    return all(map(_may_be_stepped, optimiser.param_groups[0]["params"]))


register(
    *(
        Operation(
            f"optim.{name}",
            (_call(name, options),),
            _wanted,
            _rate,
        )
        for name, options in RULES.items()
    ),
    *(
        Operation(
            f"optim.{name}(module)",
            (f"torch.optim.{name}({{0}}.parameters(), lr={{rate}})",),
            _with_parameters,
            _rate,
            modules=1,
        )
        for name in ("SGD", "Adam")
    ),
    Operation("step", ("{0}.step()",), _takes_steps, modules=1, gives=False),
)
