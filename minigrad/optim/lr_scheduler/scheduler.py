"""What all schedulers share: counting epochs, setting learning rates, state, and warnings.

Most schedulers are chainable: `get_lr` changes the rates that the groups have at present, so that
several schedulers, or a user, may change them in turn. `_get_closed_form_lr`, where there is one,
gives the rate of any epoch by itself.
"""

from __future__ import annotations

import warnings
from typing import Any

from ...launch import reading_value
from ..group_values import assign, copied
from ..optimizer import Optimizer

EPOCH_IS_DEPRECATED = (
    "The epoch parameter in `scheduler.step()` was not necessary and is being deprecated where "
    "possible. Please use `scheduler.step()` to step the scheduler. Where an epoch is given, the "
    "closed form is used instead of the new chainable form, if there is one."
)


class LRScheduler:
    """Base of all schedulers. A subclass gives `get_lr`.

    Parameters
    ----------
    optimizer : Optimizer
        Its groups get a setting "initial_lr", the learning rate that they have now.
    last_epoch : int
        The epoch after which training goes on; -1 to begin.

    Raises
    ------
    TypeError : `optimizer` is none
    KeyError : training is to go on, but a group has no "initial_lr"
    RuntimeError : a scheduler is made, or its `step` called, inside a compiled step

    >>> import minigrad as torch
    >>> class HalfLR(torch.optim.lr_scheduler.LRScheduler):
    ...     def get_lr(self):
    ...         return [base / 2**self.last_epoch for base in self.base_lrs]
    >>> optimizer = torch.optim.SGD([torch.ones(1)], lr=1.0)
    >>> scheduler = HalfLR(optimizer)
    >>> optimizer.step()
    >>> scheduler.step()
    >>> scheduler.get_last_lr()
    [0.5]
    """

    _get_lr_called_within_step = False
    _is_initial = False

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1) -> None:
        self.optimizer = require_optimizer(optimizer)
        for position, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                group.setdefault("initial_lr", copied(group["lr"]))
            elif "initial_lr" not in group:
                raise KeyError(
                    f"param 'initial_lr' is not specified in param_groups[{position}] when "
                    "resuming scheduler with last_epoch >= 0: load the optimizer's state first, "
                    "or begin with last_epoch=-1"
                )
        self.base_lrs: list[Any] = values(optimizer, "initial_lr")
        self.last_epoch = last_epoch
        optimizer._stepped = bool(optimizer._stepped)
        self._initial_step()

    def _initial_step(self) -> None:
        """Set the learning rates of the first epoch."""
        self._step_count = 0
        self._is_initial = True
        try:
            self.step()
        finally:
            self._is_initial = False

    def get_lr(self) -> list[Any]:
        """Compute the learning rates of epoch `last_epoch`; for `step` to call."""
        raise NotImplementedError

    def get_last_lr(self) -> list[Any]:
        """Give the learning rates that were set last, one for each group."""
        return self._last_lr

    def state_dict(self) -> dict[str, Any]:
        """Everything but the optimiser."""
        return {name: value for name, value in vars(self).items() if name != "optimizer"}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what `state_dict` gave. The optimiser's state is loaded for itself."""
        vars(self).update(state_dict)

    def step(self, epoch: int | None = None) -> None:
        """Go to the next epoch, after the optimiser's step.

        Parameters
        ----------
        epoch : int, optional
            Deprecated: go to this one.
        """
        reading_value(f"{type(self).__name__}.step()")
        if self._step_count == 1:
            self._warn_about_order()
        self._step_count += 1
        if epoch is not None:
            warnings.warn(EPOCH_IS_DEPRECATED, UserWarning, stacklevel=2)
        self._update_lr(epoch)

    def _warn_about_order(self) -> None:
        """Warn if the optimiser has made no step yet: the first rate would not be used."""
        if "step" in vars(self.optimizer):
            warnings.warn(
                "Seems like `optimizer.step()` has been overridden after learning rate scheduler "
                "initialization. Please, make sure to call `optimizer.step()` before "
                "`lr_scheduler.step()`.",
                UserWarning,
                stacklevel=3,
            )
        elif not self.optimizer._stepped:
            warnings.warn(
                "Detected call of `lr_scheduler.step()` before `optimizer.step()`. Call them in "
                "the opposite order: `optimizer.step()` before `lr_scheduler.step()`. Otherwise "
                "the first value of the learning rate schedule is skipped.",
                UserWarning,
                stacklevel=3,
            )

    def _update_lr(self, epoch: int | None = None) -> None:
        """Set the learning rates of the next epoch, or of the given one."""
        self._get_lr_called_within_step = True
        try:
            self.last_epoch = self.last_epoch + 1 if epoch is None else epoch
            closed_form = getattr(self, "_get_closed_form_lr", self.get_lr)
            rates = self.get_lr() if epoch is None else closed_form()
        finally:
            self._get_lr_called_within_step = False
        groups = self.optimizer.param_groups
        if len(rates) != len(groups):
            raise ValueError(
                f"{type(self).__name__} sets the learning rates of {len(rates)} groups of "
                f"parameters, but the optimizer has {len(groups)} by now"
            )
        for group, rate in zip(groups, rates, strict=True):
            assign(group, "lr", rate)
        self._last_lr: list[Any] = values(self.optimizer, "lr")

    def _warn_outside_step(self) -> None:
        """Warn if `get_lr` is called by a user, who wants the rates that are set."""
        if not self._get_lr_called_within_step:
            warnings.warn(
                "To get the last learning rate computed by the scheduler, please use "
                "`get_last_lr()`.",
                UserWarning,
                stacklevel=3,
            )


class _LRScheduler(LRScheduler):
    """What scripts derived schedulers from before `LRScheduler` had its name.

    >>> from minigrad.optim.lr_scheduler import LRScheduler, _LRScheduler
    >>> issubclass(_LRScheduler, LRScheduler)
    True
    """


def require_optimizer(optimizer: object) -> Optimizer:
    """Raise unless this is an optimiser."""
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")
    return optimizer


def values(optimizer: Optimizer, name: str) -> list[Any]:
    """A setting of every group, as it is now."""
    return [copied(group[name]) for group in optimizer.param_groups]
