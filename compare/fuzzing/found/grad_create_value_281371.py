"""Found by seed 281371. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]`: value of d at (0,
0, 0) is 0.0, in PyTorch nan
"""

import torch

a = torch.tensor([[[-1.3407807929942596e+154, -4.59410652525773], [9.432613068178135, -2.5974014088126642]], [[-1.3407807929942596e+154, -5.198334749390975], [-1.3407807929942596e+154, 2.220446049250313e-16]]], dtype=torch.float64, requires_grad=True)
b = torch.nn.BCELoss(reduction='sum')
c = b(a.sigmoid(), a.sigmoid())
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]
