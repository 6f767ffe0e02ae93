"""Found by seed 4019262. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True)`: requires_grad of a.grad is True, in
PyTorch False
"""

import torch

a = torch.tensor([0.0], requires_grad=True)
b = torch.narrow(a, *(0, 0, 0))
with torch.no_grad(): torch.log1p_(a)
c = torch.nn.functional.leaky_relu(b, 1.0)
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True)
