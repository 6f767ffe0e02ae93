"""Found by seed 113326. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=False, allow_unused=True)[0]`: value of d at (0,
0) is nan, in PyTorch inf
"""

import torch

a = torch.tensor([[2.0, 0.0, 4.0], [1.0, -1.0, 2.5]], dtype=torch.float64, requires_grad=True)
b = torch.nn.functional.cross_entropy(a, torch.tensor([2, 2]), reduction='sum')
c = b.div(a)
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=False, allow_unused=True)[0]
