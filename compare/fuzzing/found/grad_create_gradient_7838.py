"""Found by seed 7838. `e = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]`: gradient of c.grad
is none, in PyTorch there
"""

import torch

a = torch.tensor(0.0, requires_grad=True)
b = torch.tensor([[0.0]], requires_grad=True)
c, d = b.min(1, keepdim=True)
c.retain_grad()
e = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]
