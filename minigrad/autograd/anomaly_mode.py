"""Contexts that look for the first value that is not finite; `nonfinite` does the looking.

As long as nobody is looking, it costs nothing: `launch` asks anyway whether somebody watches.
While somebody is, compiled steps run eagerly.
"""

from __future__ import annotations

import warnings
from typing import Any

from .. import launch
from .nonfinite import Detector

_check_nan = True  # what was said while nobody looks


def is_anomaly_enabled() -> bool:
    """Whether anomaly detection is switched on, in all threads.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.is_anomaly_enabled()
    False
    """
    return isinstance(launch.installed, Detector)


def is_anomaly_check_nan_enabled() -> bool:
    """Whether values are looked at by anomaly detection; so by default.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.is_anomaly_check_nan_enabled()  # what would be, as soon as it is switched on
    True
    """
    return launch.installed.check_nan if isinstance(launch.installed, Detector) else _check_nan


class set_detect_anomaly:  # noqa: N801 (the name is PyTorch's)
    """Context manager and function: switch anomaly detection on or off; see `detect_anomaly`.

    Parameters
    ----------
    mode : bool
        Whether it is on.
    check_nan : bool
        Whether values are looked at; else only errors are explained.

    Examples
    --------
    >>> import minigrad as torch
    >>> with torch.autograd.set_detect_anomaly(True, check_nan=False):
    ...     torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled()
    (True, False)
    """

    def __init__(self, mode: bool, check_nan: bool = True) -> None:
        if not isinstance(mode, bool):
            raise TypeError(
                "set_anomaly_enabled(): argument 'enabled' (position 1) must be bool, not "
                f"{type(mode).__name__}"
            )
        self._previous = is_anomaly_enabled(), is_anomaly_check_nan_enabled()
        _switch(mode, check_nan)

    def __enter__(self) -> None:
        return None

    def __exit__(self, *error: Any) -> None:
        _switch(*self._previous)


class detect_anomaly(set_detect_anomaly):  # noqa: N801 (the name is PyTorch's)
    """Context manager: find the first value that is not finite, in a forward or a backward.

    The first kernel that gives such a value raises a RuntimeError. It names the kernel; the
    user's line, for a gradient that of the operation whose gradient it is; the operand and the
    element; and what the kernel was given. First means: NaN where no operand has NaN, though
    one may have infinities; an infinity where all operands are finite. So what was not finite
    from the start, such as a mask of -inf, is not reported when it is passed on. What comes from
    elsewhere, such as NaN in the data, is reported by the first gradient that is NaN.

    Parameters
    ----------
    check_nan : bool
        Whether values are looked at. Without that, an error in backward still names the line of
        the operation in whose gradient it happened.

    Warns
    -----
    UserWarning
        At the start: everything takes several times as long.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([1.0, 0.0])
    >>> try:
    ...     with torch.autograd.detect_anomaly():
    ...         y = x.log()
    ... except RuntimeError as error:
    ...     print(str(error).partition(":")[0])
    kernel logarithms.log_of_each gave -inf at index [1] of operand 'out' of shape [2]
    """

    def __init__(self, check_nan: bool = True) -> None:
        super().__init__(is_anomaly_enabled(), is_anomaly_check_nan_enabled())
        self._check_nan = check_nan
        warnings.warn(
            "Anomaly Detection has been enabled. This mode will increase the runtime and should "
            "only be enabled for debugging.",
            stacklevel=2,
        )

    def __enter__(self) -> None:
        self._previous = is_anomaly_enabled(), is_anomaly_check_nan_enabled()
        _switch(True, self._check_nan)


def _switch(enabled: bool, check_nan: bool) -> None:
    """Let a detector stand at the door, or none."""
    global _check_nan
    _check_nan = check_nan
    launch.reading_value("switching anomaly detection on or off")
    with launch.exchange:  # not while another thread records a step
        launch.observe(Detector(check_nan) if enabled else None)
