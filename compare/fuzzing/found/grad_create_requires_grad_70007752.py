"""Found by seed 70007752. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]`: requires_grad of d
is False, in PyTorch True
"""

import torch

a = torch.tensor([[0.36334723234176636]], requires_grad=True)
b = a.prod(-1, keepdim=True)
c = torch.autograd.grad(b, a, torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), create_graph=True, allow_unused=True)[0]
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]
