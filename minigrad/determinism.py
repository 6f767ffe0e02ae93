"""Switches with which scripts ask for the same bits each time: here they are the same anyway.

They are kept, so that a script reads back what it has set.
"""

from __future__ import annotations

import warnings

PRECISIONS = ("highest", "high", "medium")

_deterministic = _warn_only = False
_precision = "highest"


def use_deterministic_algorithms(mode: bool, *, warn_only: bool = False) -> None:
    """Ask for operations that give the same bits each time, as all do here.

    Parameters
    ----------
    mode : bool
        Whether they are asked for.
    warn_only : bool
        Whether an operation that cannot would only warn.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.use_deterministic_algorithms(True)
    >>> torch.are_deterministic_algorithms_enabled()
    True
    >>> torch.use_deterministic_algorithms(False)
    """
    global _deterministic, _warn_only
    for name, value in {"'mode' (position 1)": mode, "'warn_only'": warn_only}.items():
        if not isinstance(value, bool):
            raise TypeError(
                f"_set_deterministic_algorithms(): argument {name} must be bool, "
                f"not {type(value).__name__}"
            )
    _deterministic, _warn_only = mode, warn_only


def are_deterministic_algorithms_enabled() -> bool:
    """Whether `use_deterministic_algorithms` has asked for them.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.are_deterministic_algorithms_enabled()
    False
    """
    return _deterministic


def is_deterministic_algorithms_warn_only_enabled() -> bool:
    """Whether an operation that cannot would only warn.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.is_deterministic_algorithms_warn_only_enabled()
    False
    """
    return _warn_only


def set_float32_matmul_precision(precision: str) -> None:
    """Say how exact matrix products of float32 have to be; here they always are "highest".

    Parameters
    ----------
    precision : str
        "highest", "high" or "medium".

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.set_float32_matmul_precision("high")
    >>> torch.get_float32_matmul_precision()
    'high'
    >>> torch.set_float32_matmul_precision("highest")
    """
    global _precision
    if not isinstance(precision, str):
        raise RuntimeError(
            f"set_float32_matmul_precision expects a str, but got {type(precision).__name__}"
        )
    if precision in PRECISIONS:
        _precision = precision
    else:
        warnings.warn(
            f"{precision} is not one of 'highest', 'high', or 'medium'; the current"
            "setFloat32MatmulPrecision call has no effect.",
            stacklevel=2,
        )


def get_float32_matmul_precision() -> str:
    """What `set_float32_matmul_precision` was told.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.get_float32_matmul_precision()
    'highest'
    """
    return _precision
