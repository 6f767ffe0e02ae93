"""Where scripts import the base class from: `torch.nn.modules.module`."""

from ..module import Module

__all__ = ["Module"]
