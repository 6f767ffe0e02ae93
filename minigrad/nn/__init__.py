"""Modules, and the functions and initialisations that they use.

A file for each theme; which modules there are stands in `modules`, as in PyTorch.
"""

from typing import TYPE_CHECKING, Any

from .. import missing
from . import functional, init, modules, utils
from .modules import *  # noqa: F403
from .parameter import Buffer, Parameter

__all__ = ["Buffer", "Parameter", "functional", "init", "modules", "utils"]
__all__ += modules.__all__

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
