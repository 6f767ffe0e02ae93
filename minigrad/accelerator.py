"""Scripts ask which accelerator there is before they use it: here there is none."""

from typing import TYPE_CHECKING, Any

from . import missing

__all__ = ["current_accelerator", "device_count", "is_available"]


def is_available() -> bool:
    """Whether tensors can be on anything but the CPU: False.

    Examples
    --------
    >>> import minigrad as torch
    >>> accelerator = torch.accelerator
    >>> accelerator.current_accelerator().type if accelerator.is_available() else "cpu"
    'cpu'
    """
    return False


def current_accelerator(check_available: bool = False) -> None:
    """The device besides the CPU: None.

    Parameters
    ----------
    check_available : bool
        Whether it has to be usable now.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.device(torch.accelerator.current_accelerator() or "cpu")
    device(type='cpu')
    """


def device_count() -> int:
    """How many devices there are besides the CPU: 0.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.accelerator.device_count()
    0
    """
    return 0


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
