"""Found by seed 613. `c = torch.autograd.grad(b, a, torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), create_graph=True, allow_unused=True)[0]`: being a view of c
is False, in PyTorch True
"""

import torch

a = torch.tensor([[0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]], requires_grad=True)
b = a.view((2, 4))
with torch.no_grad(): a.clamp_min_(3.0)
c = torch.autograd.grad(b, a, torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), create_graph=True, allow_unused=True)[0]
