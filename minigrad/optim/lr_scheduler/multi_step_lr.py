"""MultiStepLR: the learning rate falls by a factor at given epochs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ..optimizer import Optimizer
from .scheduler import LRScheduler, values


class MultiStepLR(LRScheduler):
    """lr = initial_lr · gamma^(number of milestones that are over)

    Parameters
    ----------
    optimizer : Optimizer
    milestones : iterable of int
        Epochs; one that is given twice counts twice.
    gamma : the factor
    last_epoch : int
        The epoch after which training goes on; -1 to begin.

    >>> import minigrad as torch
    >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
    >>> scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [1, 3], gamma=0.5)
    >>> for epoch in range(4):
    ...     print(optimizer.param_groups[0]["lr"])
    ...     optimizer.step()
    ...     scheduler.step()
    1.0
    0.5
    0.5
    0.25
    """

    def __init__(
        self,
        optimizer: Optimizer,
        milestones: Iterable[int],
        gamma: float = 0.1,
        last_epoch: int = -1,
    ) -> None:
        self.milestones = Counter(milestones)
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[Any]:
        self._warn_outside_step()
        rates = values(self.optimizer, "lr")
        count = self.milestones[self.last_epoch]
        return [rate * self.gamma**count for rate in rates] if count else rates

    def _get_closed_form_lr(self) -> list[Any]:
        over = sum(count for epoch, count in self.milestones.items() if epoch <= self.last_epoch)
        return [base * self.gamma**over for base in self.base_lrs]

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what `state_dict` gave; a file has a plain dictionary of the milestones."""
        super().load_state_dict(state_dict)
        self.milestones = Counter(self.milestones)
