"""LambdaLR: the learning rate is the initial one times any function of the epoch."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

from ..optimizer import Optimizer
from .scheduler import LRScheduler

Factor = Callable[[int], float]


class LambdaLR(LRScheduler):
    """lr = initial_lr · lr_lambda(epoch)

    Parameters
    ----------
    optimizer : Optimizer
    lr_lambda : function of the epoch, or a list of them, one for each group
        In `state_dict`, objects with a `__call__` are represented by their attributes, functions
        by None.
    last_epoch : int
        The epoch after which training goes on; -1 to begin.

    >>> import minigrad as torch
    >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=6.0)
    >>> scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: 1 / (1 + epoch))
    >>> for epoch in range(3):
    ...     print(optimizer.param_groups[0]["lr"])
    ...     optimizer.step()
    ...     scheduler.step()
    6.0
    3.0
    2.0
    """

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

    def get_lr(self) -> list[Any]:
        self._warn_outside_step()
        return [
            base * factor(self.last_epoch)
            for base, factor in zip(self.base_lrs, self.lr_lambdas, strict=True)
        ]

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
