"""Where scripts import linear layers from: `torch.nn.modules.linear`."""

from ..linear import Identity, Linear

__all__ = ["Identity", "Linear"]
