"""ChainedScheduler: several schedulers at once, each of which changes what the last one made."""

from __future__ import annotations

from collections.abc import Sequence

from ...launch import reading_value
from ..optimizer import Optimizer
from .composed import Composed
from .scheduler import LRScheduler, values


class ChainedScheduler(Composed):
    """At each step all schedulers make theirs, in turn.

    Parameters
    ----------
    schedulers : sequence of LRScheduler
        None is a ReduceLROnPlateau.
    optimizer : Optimizer, optional
        Theirs.

    >>> import minigrad as torch
    >>> from minigrad.optim.lr_scheduler import ChainedScheduler, ConstantLR, ExponentialLR
    >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
    >>> warm_up = ConstantLR(optimizer, factor=0.5, total_iters=2)
    >>> scheduler = ChainedScheduler([warm_up, ExponentialLR(optimizer, gamma=0.5)])
    >>> for epoch in range(4):
    ...     print(optimizer.param_groups[0]["lr"])
    ...     optimizer.step()
    ...     scheduler.step()
    0.5
    0.25
    0.25
    0.125
    """

    def __init__(
        self, schedulers: Sequence[LRScheduler], optimizer: Optimizer | None = None
    ) -> None:
        if len(schedulers) < 1:
            raise ValueError(
                f"{type(self).__name__} expects at least one scheduler to be chained, but got no "
                "scheduler."
            )
        optimizer = optimizer or schedulers[0].optimizer
        self._check(optimizer, schedulers)
        self._schedulers = schedulers
        self.optimizer = optimizer
        self._last_lr = values(optimizer, "lr")

    def step(self) -> None:  # type: ignore[override]
        """Go to the next epoch, after the optimiser's step."""
        reading_value(f"{type(self).__name__}.step()")
        for each in self._schedulers:
            each.step()
        self._last_lr = values(self.optimizer, "lr")
