"""Where scripts import layer normalisation from: `torch.nn.modules.normalization`."""

from ..normalization import LayerNorm

__all__ = ["LayerNorm"]
