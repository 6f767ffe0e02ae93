"""Where scripts import dropout from: `torch.nn.modules.dropout`."""

from ..dropout import Dropout

__all__ = ["Dropout"]
