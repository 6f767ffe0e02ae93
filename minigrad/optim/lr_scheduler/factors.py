"""What schedulers share that ask a function for a factor: one for each group, and their state."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

from ..optimizer import Optimizer
from .scheduler import LRScheduler

Factor = Callable[[int], float]


class FactorScheduler(LRScheduler):
    """Base of schedulers whose learning rates are some others times functions of the epoch."""

    def __init__(
        self, optimizer: Optimizer, lr_lambda: Factor | list[Factor], last_epoch: int = -1
    ) -> None:
        count = len(optimizer.param_groups)
        if not isinstance(lr_lambda, (list, tuple)):
            self.lr_lambdas = [lr_lambda] * count
        elif len(lr_lambda) == count:
            self.lr_lambdas = list(lr_lambda)
        else:
            raise ValueError(f"Expected {count} lr_lambdas, but got {len(lr_lambda)}")
        super().__init__(optimizer, last_epoch)

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimiser and functions."""
        saved = super().state_dict()
        factors = saved.pop("lr_lambdas")  # to be the last one, as in PyTorch
        saved["lr_lambdas"] = [
            None if isinstance(factor, types.FunctionType) else factor.__dict__.copy()
            for factor in factors
        ]
        return saved

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what `state_dict` gave; functions stay as they are."""
        others = {name: value for name, value in state_dict.items() if name != "lr_lambdas"}
        for position, attributes in enumerate(state_dict["lr_lambdas"]):
            if attributes is not None:
                self.lr_lambdas[position].__dict__.update(attributes)
        super().load_state_dict(others)

    def _times_factors(self, rates: list[Any]) -> list[Any]:
        """Learning rates, each times its group's factor of this epoch."""
        given = zip(rates, self.lr_lambdas, strict=True)
        return [rate * factor(self.last_epoch) for rate, factor in given]
