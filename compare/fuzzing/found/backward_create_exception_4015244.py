"""Found by seed 4015244. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True)`: exception is NotImplementedError (the
derivative for '_unique2' is not implemented.), in PyTorch none
"""

import torch

a = torch.tensor([[[0.0]]], requires_grad=True)
with torch.no_grad(): b = a.narrow(*(1, 0, 0))
c = b.unique()
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True)
