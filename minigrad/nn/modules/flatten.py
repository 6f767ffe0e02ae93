"""Where scripts import changes of shape from: `torch.nn.modules.flatten`."""

from ..flatten import Flatten, Unflatten

__all__ = ["Flatten", "Unflatten"]
