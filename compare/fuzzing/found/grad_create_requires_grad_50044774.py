"""Found by seed 50044774. `e = torch.autograd.grad(d, a, torch.linspace(0.5, 2.0, d.numel(),
dtype=d.dtype).reshape(d.shape), create_graph=True, allow_unused=True)[0]`: requires_grad of
b.grad is True, in PyTorch False
"""

import torch

a = torch.zeros((1, 0, 1), dtype=torch.float64, requires_grad=True)
b = a.exp()
c = b.transpose(1, 2)
torch.relu_(b)
d = c.bmm(a)
b.retain_grad()
e = torch.autograd.grad(d, a, torch.linspace(0.5, 2.0, d.numel(), dtype=d.dtype).reshape(d.shape), create_graph=True, allow_unused=True)[0]
