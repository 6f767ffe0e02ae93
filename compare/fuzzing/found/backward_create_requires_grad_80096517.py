"""Found by seed 80096517. `d.backward(torch.linspace(0.5, 2.0, d.numel(),
dtype=d.dtype).reshape(d.shape), create_graph=True)`: requires_grad of a.grad is False, in
PyTorch True
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
b = torch.tensor(0)
c = torch.exp(b)
d = c * a
c.requires_grad_()
d.backward(torch.linspace(0.5, 2.0, d.numel(), dtype=d.dtype).reshape(d.shape), create_graph=True)
