"""SequentialLR: several schedulers, one after another."""

from __future__ import annotations

from bisect import bisect_right

from ...launch import reading_value
from ..group_values import assign
from ..optimizer import Optimizer
from .composed import Composed
from .scheduler import LRScheduler


class SequentialLR(Composed):
    """Each scheduler works from its milestone on, as if training began there.

    Parameters
    ----------
    optimizer : Optimizer
    schedulers : list of LRScheduler
        All of this optimiser; none is a ReduceLROnPlateau.
    milestones : list of int
        The epochs at which the second, third, ... take over.
    last_epoch : int
        The epoch after which training goes on; -1 to begin.

    >>> import minigrad as torch
    >>> from minigrad.optim.lr_scheduler import ConstantLR, ExponentialLR, SequentialLR
    >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
    >>> first = ConstantLR(optimizer, factor=0.5, total_iters=10)
    >>> second = ExponentialLR(optimizer, gamma=0.1)
    >>> scheduler = SequentialLR(optimizer, [first, second], milestones=[2])
    >>> for epoch in range(4):
    ...     print(optimizer.param_groups[0]["lr"])
    ...     optimizer.step()
    ...     scheduler.step()
    0.5
    0.5
    1.0
    0.1
    """

    def __init__(
        self,
        optimizer: Optimizer,
        schedulers: list[LRScheduler],
        milestones: list[int],
        last_epoch: int = -1,
    ) -> None:
        if len(schedulers) < 1:
            raise ValueError(
                f"{type(self).__name__} expects at least one scheduler, but got no scheduler."
            )
        self._check(optimizer, schedulers)
        if len(milestones) != len(schedulers) - 1:
            raise ValueError(
                "Sequential Schedulers expects number of schedulers provided to be one more than "
                f"the number of milestone points, but got number of schedulers {len(schedulers)} "
                f"and the number of milestones to be equal to {len(milestones)}"
            )
        self._schedulers = schedulers
        self._milestones = milestones
        self.last_epoch = last_epoch + 1
        self.optimizer = optimizer
        for group in optimizer.param_groups:
            assign(group, "lr", group["initial_lr"])
        self._undo(self)
        first = schedulers[bisect_right(milestones, 0)]
        first._initial_step()
        self._last_lr = first.get_last_lr()

    def _undo(self, scheduler: LRScheduler) -> None:
        """Take back the epoch that schedulers counted when they were made."""
        if isinstance(scheduler, Composed):
            for each in scheduler._schedulers:
                self._undo(each)
        else:
            scheduler.last_epoch -= 1

    def step(self) -> None:  # type: ignore[override]
        """Go to the next epoch, after the optimiser's step."""
        reading_value(f"{type(self).__name__}.step()")
        self.last_epoch += 1
        position = bisect_right(self._milestones, self.last_epoch)
        current = self._schedulers[position]
        if position > 0 and self._milestones[position - 1] == self.last_epoch:
            current._update_lr(0)
        else:
            current.step()
        self._last_lr = current.get_last_lr()
