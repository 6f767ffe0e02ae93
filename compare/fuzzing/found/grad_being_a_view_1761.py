"""Found by seed 1761. `c = torch.autograd.grad(b, a, torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), retain_graph=True, allow_unused=True)[0]`: being a view of c
is False, in PyTorch True
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
b = a.unsqueeze(-1)
c = torch.autograd.grad(b, a, torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), retain_graph=True, allow_unused=True)[0]
