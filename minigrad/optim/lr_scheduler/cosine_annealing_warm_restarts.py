"""CosineAnnealingWarmRestarts: the learning rate falls along half a cosine, again and again.

Source: Loshchilov & Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017,
equation 5.
"""

from __future__ import annotations

from math import cos, floor, log, pi
from typing import Any

from ...launch import reading_value
from ..optimizer import Optimizer
from .scheduler import LRScheduler


class CosineAnnealingWarmRestarts(LRScheduler):
    """lr = eta_min + (initial_lr - eta_min) · (1 + cos(π · T_cur / T_i)) / 2

    T_cur is how many epochs ago the rate began to fall, T_i how many it takes. At the end it
    begins again from the initial rate.

    Parameters
    ----------
    optimizer : Optimizer
    T_0 : how many epochs the first fall takes, an int
    T_mult : how many times as many the next one takes each time, an int
    eta_min : the smallest learning rate
    last_epoch : int
        The epoch after which training goes on; -1 to begin.

    >>> import minigrad as torch
    >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
    >>> scheduler = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, T_0=2)
    >>> for epoch in range(5):
    ...     print(f"{optimizer.param_groups[0]['lr']:.3f}")
    ...     optimizer.step()
    ...     scheduler.step()
    1.000
    0.500
    1.000
    0.500
    1.000
    """

    def __init__(
        self,
        optimizer: Optimizer,
        T_0: int,  # noqa: N803 (the name is PyTorch's)
        T_mult: int = 1,  # noqa: N803
        eta_min: float = 0.0,
        last_epoch: int = -1,
    ) -> None:
        if T_0 <= 0 or not isinstance(T_0, int):
            raise ValueError(f"Expected positive integer T_0, but got {T_0}")
        if T_mult < 1 or not isinstance(T_mult, int):
            raise ValueError(f"Expected integer T_mult >= 1, but got {T_mult}")
        if not isinstance(eta_min, (float, int)):
            raise ValueError(
                f"Expected float or int eta_min, but got {eta_min} of type {type(eta_min)}"
            )
        self.T_0 = T_0
        self.T_i = T_0
        self.T_mult = T_mult
        self.eta_min = eta_min
        self.T_cur: float = last_epoch
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[Any]:
        """Compute each rate from the initial one."""
        self._warn_outside_step()
        height = 1 + cos(pi * self.T_cur / self.T_i)
        return [self.eta_min + (base - self.eta_min) * height / 2 for base in self.base_lrs]

    def step(self, epoch: float | None = None) -> None:
        """Go to the next epoch, or to a given one.

        Parameters
        ----------
        epoch : number, optional
            How many epochs there were: a fraction of one after a batch, `epoch + i / batches`.
        """
        reading_value(f"{type(self).__name__}.step()")
        if epoch is None and self.last_epoch >= 0:
            epoch = self.last_epoch + 1
            self.T_cur += 1
            if self.T_cur >= self.T_i:
                self.T_cur %= self.T_i
                self.T_i *= self.T_mult
        else:
            epoch = 0 if epoch is None else epoch
            if epoch < 0:
                raise ValueError(f"Expected non-negative epoch, but got {epoch}")
            self._begin_at(epoch)
        self._update_lr(floor(epoch))

    def _begin_at(self, epoch: float) -> None:
        """Find the fall that an epoch lies in."""
        if epoch < self.T_0:
            self.T_cur, self.T_i = epoch, self.T_0
        elif self.T_mult == 1:
            self.T_cur = epoch % self.T_0
        else:
            restarts = int(log(epoch / self.T_0 * (self.T_mult - 1) + 1, self.T_mult))
            longer = self.T_mult**restarts
            self.T_cur = epoch - self.T_0 * (longer - 1) / (self.T_mult - 1)
            self.T_i = self.T_0 * longer
