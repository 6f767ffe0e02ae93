"""Found by seed 77326. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=True, allow_unused=True)[0]`: gradient of c.grad
is 0.5, in PyTorch 1.0
"""

import torch

a = torch.tensor(0.0, requires_grad=True)
b = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
c = b.pow(b)
c.retain_grad()
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=False)
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=True, allow_unused=True)[0]
