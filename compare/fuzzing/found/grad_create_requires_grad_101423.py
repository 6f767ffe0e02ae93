"""Found by seed 101423. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]`: requires_grad of d
is True, in PyTorch False
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
b = a.tile((0,))
c = a % b
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]
