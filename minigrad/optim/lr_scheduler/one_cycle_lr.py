"""OneCycleLR: the learning rate rises once and falls once, while momentum does the opposite.

Source: Smith & Topin, "Super-convergence: very fast training of neural networks using large
learning rates", 2018; in two phases, or with `three_phase` in three.
"""

from __future__ import annotations

from math import cos, pi
from typing import Any, Literal

from ..group_values import copied
from ..optimizer import Optimizer
from .scheduler import LRScheduler, require_optimizer


class OneCycleLR(LRScheduler):
    """Set the learning rate, and momentum or the first beta, of every step of a training.

    Parameters
    ----------
    optimizer : Optimizer
    max_lr : the highest learning rate, or a list, one for each group
    total_steps : the number of steps; or give `epochs` and `steps_per_epoch`
    pct_start : the part of the steps in which the learning rate rises, a float
    anneal_strategy : "cos" or "linear", the way from one value to the next
    cycle_momentum : whether momentum is changed too
    base_momentum, max_momentum : its bounds, or lists, one for each group
    div_factor : the first learning rate is max_lr / div_factor
    final_div_factor : the last one is the first / final_div_factor
    three_phase : whether the rate falls back to the first one before it falls to the last
    last_epoch : int
        The step after which training goes on; -1 to begin.

    >>> import minigrad as torch
    >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0, momentum=0.9)
    >>> scheduler = torch.optim.lr_scheduler.OneCycleLR(
    ...     optimizer, 1.0, total_steps=5, pct_start=0.4, div_factor=2, final_div_factor=2
    ... )
    >>> for batch in range(5):
    ...     group = optimizer.param_groups[0]
    ...     print(f"{group['lr']:.3f} {group['momentum']:.3f}")
    ...     optimizer.step()
    ...     scheduler.step()
    0.500 0.950
    1.000 0.850
    0.812 0.875
    0.438 0.925
    0.250 0.950
    """

    def __init__(
        self,
        optimizer: Optimizer,
        max_lr: float | list[float],
        total_steps: int | None = None,
        epochs: int | None = None,
        steps_per_epoch: int | None = None,
        pct_start: float = 0.3,
        anneal_strategy: Literal["cos", "linear"] = "cos",
        cycle_momentum: bool = True,
        base_momentum: float | list[float] = 0.85,
        max_momentum: float | list[float] = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
        last_epoch: int = -1,
    ) -> None:
        self.optimizer = require_optimizer(optimizer)
        self.total_steps = _total(total_steps, epochs, steps_per_epoch)
        if pct_start < 0 or pct_start > 1 or not isinstance(pct_start, float):
            raise ValueError(f"Expected float between 0 and 1 pct_start, but got {pct_start}")
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(
                f"anneal_strategy must be one of 'cos' or 'linear', instead got {anneal_strategy}"
            )
        self._schedule_phases = _phases(self.total_steps, pct_start, three_phase)
        self._anneal_func_type = anneal_strategy
        highest = _of_each_group("max_lr", optimizer, max_lr)
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            if "momentum" not in optimizer.defaults and "betas" not in optimizer.defaults:
                raise ValueError(
                    "optimizer must support momentum or beta1 with `cycle_momentum` option enabled"
                )
            self.use_beta1 = "betas" in optimizer.defaults
            high = _of_each_group("max_momentum", optimizer, max_momentum)
            low = _of_each_group("base_momentum", optimizer, base_momentum)
        if last_epoch == -1:
            for position, group in enumerate(optimizer.param_groups):
                group["initial_lr"] = highest[position] / div_factor
                group["max_lr"] = highest[position]
                group["min_lr"] = group["initial_lr"] / final_div_factor
                if cycle_momentum:
                    self._set_momentum(group, high[position])
                    group["max_momentum"] = high[position]
                    group["base_momentum"] = low[position]
        super().__init__(optimizer, last_epoch)

    def _set_momentum(self, group: dict[str, Any], value: Any) -> None:
        if self.use_beta1:
            group["betas"] = (value, *group["betas"][1:])
        else:
            group["momentum"] = value

    def get_lr(self) -> list[Any]:
        """Compute the learning rates of step `last_epoch`, and set its momentum."""
        self._warn_outside_step()
        if self.last_epoch > self.total_steps:
            raise ValueError(
                f"Tried to step {self.last_epoch} times. The specified number of total steps is "
                f"{self.total_steps}"
            )
        phase, part = self._phase()
        rates = []
        for group in self.optimizer.param_groups:
            rates.append(self._between(group[phase["start_lr"]], group[phase["end_lr"]], part))
            if self.cycle_momentum:
                start, end = group[phase["start_momentum"]], group[phase["end_momentum"]]
                self._set_momentum(group, self._between(start, end, part))
        return rates

    def _phase(self) -> tuple[dict[str, Any], float]:
        """The phase in which the step lies, and what part of the phase is over."""
        start = 0.0
        for phase in self._schedule_phases:
            end = phase["end_step"]
            if self.last_epoch <= end or phase is self._schedule_phases[-1]:
                break
            start = end
        return phase, (self.last_epoch - start) / (end - start)

    def _between(self, start: Any, end: Any, part: float) -> Any:
        if self._anneal_func_type == "cos":
            return end + (start - end) / 2.0 * (cos(pi * part) + 1)
        return (end - start) * part + start


def _total(total_steps: Any, epochs: Any, steps_per_epoch: Any) -> int:
    """The number of steps, however it was given."""
    if total_steps is not None:
        return _positive("total_steps", total_steps)
    if epochs is None or steps_per_epoch is None:
        raise ValueError("You must define either total_steps OR (epochs AND steps_per_epoch)")
    return _positive("epochs", epochs) * _positive("steps_per_epoch", steps_per_epoch)


def _positive(name: str, value: Any) -> int:
    if value <= 0 or not isinstance(value, int):
        raise ValueError(f"Expected positive integer {name}, but got {value}")
    return value


def _phases(total_steps: int, pct_start: float, three_phase: bool) -> list[dict[str, Any]]:
    """Where each phase ends, and between which of a group's settings it leads."""
    risen = float(pct_start * total_steps) - 1
    rise = (risen, "initial_lr", "max_lr", "max_momentum", "base_momentum")
    last = total_steps - 1
    if three_phase:
        fallen = float(2 * pct_start * total_steps) - 2
        falls = [
            (fallen, "max_lr", "initial_lr", "base_momentum", "max_momentum"),
            (last, "initial_lr", "min_lr", "max_momentum", "max_momentum"),
        ]
    else:
        falls = [(last, "max_lr", "min_lr", "base_momentum", "max_momentum")]
    names = ("end_step", "start_lr", "end_lr", "start_momentum", "end_momentum")
    return [dict(zip(names, each, strict=True)) for each in (rise, *falls)]


def _of_each_group(name: str, optimizer: Optimizer, given: Any) -> list[Any]:
    """A setting for each group, from one for all or a list."""
    count = len(optimizer.param_groups)
    if not isinstance(given, (list, tuple)):
        return [copied(given) for _ in range(count)]
    if len(given) != count:
        raise ValueError(
            f"{name} must have the same length as optimizer.param_groups. {name} has "
            f"{len(given)} values, param_groups has {count}."
        )
    return [copied(each) for each in given]
