"""Scripts ask for Apple's Metal before they use it: it is not used here."""

from typing import TYPE_CHECKING, Any

from .. import missing

__all__ = ["is_available", "is_built"]


def is_available() -> bool:
    """Whether tensors can be on a GPU of Apple's: False.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    device(type='cpu')
    """
    return False


def is_built() -> bool:
    """Whether there is code for them: False.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.backends.mps.is_built()
    False
    """
    return False


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
