"""Where scripts import batch normalisation from: `torch.nn.modules.batchnorm`."""

from ..batchnorm import BatchNorm1d, _BatchNorm

__all__ = ["BatchNorm1d", "_BatchNorm"]
