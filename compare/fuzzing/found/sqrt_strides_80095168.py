"""Found by seed 80095168. `f = torch.sqrt(e)`: strides of f is (1, 2), in PyTorch (2, 1)
"""

import torch

a = torch.tensor([[0.0, 0.0], [0.0, 0.0]], requires_grad=True)
b = a.mT
c = torch.norm(b, 1, -2, True)
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]
e = torch.autograd.grad(d, a, torch.linspace(0.5, 2.0, d.numel(), dtype=d.dtype).reshape(d.shape), create_graph=True, allow_unused=True)[0]
f = torch.sqrt(e)
