"""What is made of several schedulers of one optimiser: which ones it takes, and its state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..optimizer import Optimizer
from .reduce_lr_on_plateau import ReduceLROnPlateau
from .scheduler import LRScheduler


class Composed(LRScheduler):
    """Base of schedulers that have others set the learning rates."""

    _schedulers: Sequence[LRScheduler]

    def _check(self, optimizer: Optimizer, schedulers: Sequence[LRScheduler]) -> None:
        name = type(self).__name__
        for position, each in enumerate(schedulers):
            if not hasattr(each, "optimizer"):
                raise TypeError(
                    f"{name} at index {position} should have `optimizer` as its attribute."
                )
            if isinstance(each, ReduceLROnPlateau):
                raise ValueError(
                    f"{name} does not support `ReduceLROnPlateau`, whose `step` takes a "
                    f"measurement, but got one at index {position} in the schedulers."
                )
            if each.optimizer is not optimizer:
                raise ValueError(
                    f"{name} expects all schedulers to belong to the same optimizer, but got "
                    f"scheduler {type(each).__name__} at index {position} of another one."
                )

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimiser; the schedulers by what their `state_dict` gives."""
        saved = super().state_dict()
        schedulers = saved.pop("_schedulers")  # to be the last one, as in PyTorch
        saved["_schedulers"] = [each.state_dict() for each in schedulers]
        return saved

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what `state_dict` gave."""
        others = {name: value for name, value in state_dict.items() if name != "_schedulers"}
        for position, saved in enumerate(state_dict["_schedulers"]):
            self._schedulers[position].load_state_dict(saved)
        super().load_state_dict(others)
