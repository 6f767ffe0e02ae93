"""Found by seed 80065. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]`: value of d at (0,
2) is 1.7976931348623157e+308, in PyTorch inf
"""

import torch

a = torch.tensor([[-1.3407807929942596e+154, -2.613316161349201, 1.7976931348623157e+308]], dtype=torch.float64, requires_grad=True)
b = torch.rand_like(a)
c = torch.nn.functional.mse_loss(b, a, reduction='sum')
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]
