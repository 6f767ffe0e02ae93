"""Which functions stand in the package itself, as in PyTorch? Those on tensors in general."""

from . import in_place, of_elements, of_tensors
from .in_place import *  # noqa: F403
from .of_elements import *  # noqa: F403
from .of_tensors import *  # noqa: F403

__all__: list[str] = []
__all__ += in_place.__all__
__all__ += of_elements.__all__
__all__ += of_tensors.__all__
