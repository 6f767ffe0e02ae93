"""LambdaLR: the learning rate is the initial one times any function of the epoch."""

from __future__ import annotations

from typing import Any

from .factors import FactorScheduler


class LambdaLR(FactorScheduler):
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

    def get_lr(self) -> list[Any]:
        self._warn_outside_step()
        return self._times_factors(self.base_lrs)
