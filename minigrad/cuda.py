"""Scripts ask whether there is a GPU before they use one: here there is none."""

from typing import TYPE_CHECKING, Any

from . import missing

__all__ = ["device_count", "empty_cache", "is_available", "manual_seed", "manual_seed_all"]


def is_available() -> bool:
    """Whether tensors can be on a GPU: False.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.device("cuda" if torch.cuda.is_available() else "cpu")
    device(type='cpu')
    """
    return False


def device_count() -> int:
    """How many GPUs tensors can be on: 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.cuda.device_count()
    0
    """
    return 0


def empty_cache() -> None:
    """Nothing, as in PyTorch where there is no GPU.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.cuda.empty_cache()
    """


def manual_seed(seed: int) -> None:
    """Nothing, as in PyTorch where there is no GPU; `minigrad.manual_seed` is the CPU's.

    Examples
    --------
    >>> import minigrad as torch
    >>> _ = torch.manual_seed(0)
    >>> torch.cuda.manual_seed(1)
    >>> torch.initial_seed()
    0
    """


def manual_seed_all(seed: int) -> None:
    """Nothing, as in PyTorch where there is no GPU; `minigrad.manual_seed` is the CPU's.

    Examples
    --------
    >>> import minigrad as torch
    >>> _ = torch.manual_seed(0)
    >>> torch.cuda.manual_seed_all(1)
    >>> torch.initial_seed()
    0
    """


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
