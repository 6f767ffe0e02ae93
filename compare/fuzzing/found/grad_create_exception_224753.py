"""Found by seed 224753. `d = torch.autograd.grad(b, a, torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), create_graph=True, allow_unused=True)[0]`: exception is
RuntimeError (derivative for aten::floor_divide is not implemented), in PyTorch none
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
b = torch.tensor(0.0, dtype=torch.float64)
c = b.transpose(-1, 0)
c.floor_divide_(a)
d = torch.autograd.grad(b, a, torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), create_graph=True, allow_unused=True)[0]
