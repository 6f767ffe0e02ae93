"""MultiplicativeLR: the learning rate is multiplied by any function of the epoch, each time."""

from __future__ import annotations

from typing import Any

from ..optimizer import Optimizer
from .factors import Factor, FactorScheduler
from .scheduler import values


class MultiplicativeLR(FactorScheduler):
    """lr = lr before · lr_lambda(epoch), from epoch 1 on

    Parameters
    ----------
    optimizer : Optimizer
    lr_lambda : function of the epoch, or a list of them, one for each group
        In `state_dict`, objects with a `__call__` are represented by their attributes, functions
        by None.
    last_epoch : int
        The epoch after which training goes on; -1 to begin.

    >>> import minigrad as torch
    >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
    >>> halved = torch.optim.lr_scheduler.MultiplicativeLR(optimizer, lambda epoch: 0.5)
    >>> for epoch in range(3):
    ...     print(optimizer.param_groups[0]["lr"])
    ...     optimizer.step()
    ...     halved.step()
    1.0
    0.5
    0.25
    """

    def __init__(
        self, optimizer: Optimizer, lr_lambda: Factor | list[Factor], last_epoch: int = -1
    ) -> None:
        for each in lr_lambda if isinstance(lr_lambda, (list, tuple)) else [lr_lambda]:
            if not callable(each):
                raise TypeError(f"lr_lambda should be a function, but got {type(each).__name__}")
        super().__init__(optimizer, lr_lambda, last_epoch)

    def get_lr(self) -> list[Any]:
        self._warn_outside_step()
        rates = values(self.optimizer, "lr")
        return rates if self._is_initial else self._times_factors(rates)
