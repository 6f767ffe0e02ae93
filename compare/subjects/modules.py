"""Do modules hand on their settings, all of them, to the operation that they stand for?

Each is called in the place of its operation, on some of that operation's cases: one for every
setting, number of dimensions, and operand that may be absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from .. import cases
from ..case import DTYPES, Case, Operation, contiguous
from ..row import Row
from .operations import compare_case

LARGEST = 2000  # elements of an operand
Named = Mapping[str, Any]
Make = Callable[[Any, Named, Named], Any]  # of nn, operands, attributes

ACTIVATIONS: dict[str, tuple[str, Make]] = {
    "ReLU": ("relu", lambda nn, operands, of: nn.ReLU()),
    "LeakyReLU": ("leaky_relu", lambda nn, operands, of: nn.LeakyReLU(of["negative_slope"])),
    "ELU": ("elu", lambda nn, operands, of: nn.ELU(of["alpha"])),
    "SELU": ("selu", lambda nn, operands, of: nn.SELU()),
    "Sigmoid": ("sigmoid", lambda nn, operands, of: nn.Sigmoid()),
    "Tanh": ("tanh", lambda nn, operands, of: nn.Tanh()),
    "SiLU": ("silu", lambda nn, operands, of: nn.SiLU()),
    "GELU": ("gelu", lambda nn, operands, of: nn.GELU(of["approximate"])),
    "Softplus": ("softplus", lambda nn, operands, of: nn.Softplus(of["beta"], of["threshold"])),
    "Softmax": ("softmax", lambda nn, operands, of: nn.Softmax(of["dim"])),
    "LogSoftmax": ("log_softmax", lambda nn, operands, of: nn.LogSoftmax(of["dim"])),
}
LOSSES: dict[str, tuple[str, Make]] = {
    "MSELoss": ("mse_loss", lambda nn, operands, of: nn.MSELoss(**of)),
    "L1Loss": ("l1_loss", lambda nn, operands, of: nn.L1Loss(**of)),
    "SmoothL1Loss": ("smooth_l1_loss", lambda nn, operands, of: nn.SmoothL1Loss(**of)),
    "HuberLoss": ("huber_loss", lambda nn, operands, of: nn.HuberLoss(**of)),
    "BCELoss": (
        "binary_cross_entropy",
        lambda nn, operands, of: nn.BCELoss(weight(operands), **of),
    ),
    "BCEWithLogitsLoss": (
        "binary_cross_entropy_with_logits",
        lambda nn, operands, of: nn.BCEWithLogitsLoss(
            weight(operands), pos_weight=operands["pos_weight"], **of
        ),
    ),
    "NLLLoss": ("nll_loss", lambda nn, operands, of: nn.NLLLoss(weight(operands), **of)),
    "CrossEntropyLoss": (
        "cross_entropy",
        lambda nn, operands, of: nn.CrossEntropyLoss(weight(operands), **of),
    ),
    "KLDivLoss": ("kl_div", lambda nn, operands, of: nn.KLDivLoss(**of)),
}
WITHOUT = {"MSELoss": "weight"}  # what the function takes and the module does not


def weight(operands: Named) -> Any:
    return operands["weight"]


def compare_modules(device: str, timed: bool = False) -> Iterator[Row]:
    """Rows for results and gradients of each module."""
    for name, (operation, make) in {**ACTIVATIONS, **LOSSES}.items():
        found = cases.find([operation])[operation]
        assert found is not None
        inputs = 1 if name in ACTIVATIONS else 2
        for dtype in DTYPES:
            for case in chosen(found, dtype):
                if case.operands.get(WITHOUT.get(name, "")) is not None:
                    continue
                called = replace(found, call=call_of(make, inputs))
                for row in compare_case(operation, called, case, dtype, [device], timed):
                    yield replace(row, operation="modules", case=f"{name}: {row.case}")


def call_of(make: Make, inputs: int) -> Callable[[Any, Named, Named], dict[str, Any]]:
    """What calls the module on the first operands; the others are its own.

    It is made when operands are first met, so that making it is no part of a call's time.
    """
    made: dict[int, tuple[Named, Any]] = {}

    def call(library: Any, operands: Named, attributes: Named) -> dict[str, Any]:
        if id(operands) not in made:
            made[id(operands)] = operands, make(library.nn, operands, attributes)
        _, module = made[id(operands)]
        return {"out": module(*[*operands.values()][:inputs])}

    return call


def chosen(operation: Operation, dtype: np.dtype[Any]) -> Iterator[Case]:
    """The first case for every setting, number of dimensions, and operand that is absent."""
    seen = set()
    for case in operation.cases(dtype):
        given = [each for each in case.operands.values() if each is not None]
        absent = tuple(each is None for each in case.operands.values())
        key = (*sorted(case.attributes.items()), given[0].ndim, absent)
        if key not in seen and case.layout is contiguous and 1 < given[0].size <= LARGEST:
            seen.add(key)
            yield case
