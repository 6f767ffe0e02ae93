"""CosineAnnealingLR: the learning rate falls along half a period of a cosine.

Source: Loshchilov & Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017,
equation 5, without the restarts.
"""

from __future__ import annotations

from math import cos, pi
from typing import Any

from ..optimizer import Optimizer
from .scheduler import LRScheduler, values


class CosineAnnealingLR(LRScheduler):
    """lr = eta_min + (initial_lr - eta_min) · (1 + cos(π · epoch / T_max)) / 2

    Parameters
    ----------
    optimizer : Optimizer
    T_max : the epoch that reaches eta_min; afterwards the rate rises again
    eta_min : the smallest learning rate
    last_epoch : int
        The epoch after which training goes on; -1 to begin.

    >>> import minigrad as torch
    >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
    >>> scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=4)
    >>> for epoch in range(5):
    ...     print(f"{optimizer.param_groups[0]['lr']:.3f}")
    ...     optimizer.step()
    ...     scheduler.step()
    1.000
    0.854
    0.500
    0.146
    0.000
    """

    def __init__(
        self,
        optimizer: Optimizer,
        T_max: int,  # noqa: N803 (the name is PyTorch's)
        eta_min: float = 0.0,
        last_epoch: int = -1,
    ) -> None:
        self.T_max = T_max
        self.eta_min = eta_min
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[Any]:
        """Compute each rate from the one before, by the ratio of the two cosines."""
        self._warn_outside_step()
        rates = values(self.optimizer, "lr")
        epoch, low, longest = self.last_epoch, self.eta_min, self.T_max
        if self._is_initial:
            return rates
        if self._step_count == 1 and epoch > 0:
            height = 1 + cos(epoch * pi / longest)
            return [low + (base - low) * height / 2 for base in self.base_lrs]
        if (epoch - 1 - longest) % (2 * longest) == 0:  # at the lowest point there is no ratio
            height = 1 - cos(pi / longest)
            return [
                rate + (base - low) * height / 2
                for rate, base in zip(rates, self.base_lrs, strict=True)
            ]
        ratio = (1 + cos(pi * epoch / longest)) / (1 + cos(pi * (epoch - 1) / longest))
        return [ratio * (rate - low) + low for rate in rates]

    def _get_closed_form_lr(self) -> list[Any]:
        height = 1 + cos(pi * self.last_epoch / self.T_max)
        low = self.eta_min
        return [low + (base - low) * height / 2 for base in self.base_lrs]
