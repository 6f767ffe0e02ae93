"""Found by seed 50034781. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=True)`: exception is NotImplementedError (the
derivative for '_unique2' is not implemented.), in PyTorch none
"""

import torch

a = torch.tensor([[0.0]])
b = torch.permute(a, (0, 1))
a.requires_grad_()
c = torch.unique(b)
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=True)
