"""Which faults are planted? Lists of them by theme, each about a part of minigrad."""

from __future__ import annotations

from ..fault import Fault
from . import (
    activations,
    layers,
    losses,
    modules,
    narrow,
    optimisers,
    random,
    recording,
    second_order,
)

FAULTS: dict[str, list[Fault]] = {
    "activations": activations.FAULTS,
    "layers": layers.FAULTS,
    "losses": losses.FAULTS,
    "for some operands only": narrow.FAULTS,
    "second order": second_order.FAULTS,
    "modules": modules.FAULTS,
    "optimisers and schedulers": optimisers.FAULTS,
    "random numbers and data": random.FAULTS,
    "whole trainings": recording.FAULTS,
}
