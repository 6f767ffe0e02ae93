"""What scripts ask and set for products on NVIDIA's GPUs: it has no effect here."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .. import missing

__all__ = ["is_built", "matmul"]

matmul = SimpleNamespace(allow_tf32=False)


def is_built() -> bool:
    """Whether there is code for GPUs: False.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.backends.cuda.matmul.allow_tf32 = False
    >>> torch.backends.cuda.is_built()
    False
    """
    return False


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
