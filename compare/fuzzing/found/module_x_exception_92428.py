"""Found by seed 92428. `d = c(a)`: exception is RuntimeError (mixed dtype (CPU): expect parameter
to have scalar type of Float), in PyTorch none
"""

import torch

a = torch.zeros((0, 1), dtype=torch.float32)
b = torch.tensor([[0.0]], dtype=torch.float64)
c = torch.nn.BatchNorm1d(b.shape[1], momentum=None, affine=True, dtype=b.dtype)
d = c(a)
