"""Where scripts import batch normalisation from: `torch.nn.modules.batchnorm`."""

from ..batchnorm import BatchNorm1d

_BatchNorm = BatchNorm1d  # PyTorch's base of several; scripts ask `isinstance` for it

__all__ = ["BatchNorm1d", "_BatchNorm"]
