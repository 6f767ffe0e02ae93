"""Found by seed 230019448. `e = torch.autograd.grad(d, b, torch.linspace(0.5, 2.0, d.numel(),
dtype=d.dtype).reshape(d.shape), retain_graph=True, allow_unused=True)[0]`: value of e is 0.25,
in PyTorch 0.0
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64)
b = torch.tensor(torch.nan, dtype=torch.float64, requires_grad=True)
c = torch.nn.functional.huber_loss(a, b, reduction='mean')
d = torch.autograd.grad(c, b, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]
e = torch.autograd.grad(d, b, torch.linspace(0.5, 2.0, d.numel(), dtype=d.dtype).reshape(d.shape), retain_graph=True, allow_unused=True)[0]
