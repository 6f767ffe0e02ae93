"""Switches of NVIDIA's cuDNN, which scripts set for reproducible runs: they have no effect here.

Results on the CPU are the same bits each time without them.
"""

from typing import TYPE_CHECKING, Any

from .. import missing

__all__ = ["allow_tf32", "benchmark", "deterministic", "enabled", "is_available", "version"]

allow_tf32 = enabled = True
benchmark = deterministic = False


def is_available() -> bool:
    """Whether cuDNN is there: False.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.backends.cudnn.deterministic = True
    >>> torch.backends.cudnn.is_available()
    False
    """
    return False


def version() -> None:
    """The version of cuDNN: None.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.backends.cudnn.version()
    """


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
