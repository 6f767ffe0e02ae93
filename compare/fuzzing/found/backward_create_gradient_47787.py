"""Found by seed 47787. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True)`: gradient of a.grad is
2.922362738059638e-13, in PyTorch 2.9224910010824674e-13
"""

import torch

a = torch.tensor(7.561876828332323, dtype=torch.float64, requires_grad=True)
b = torch.tanh(a)
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), create_graph=True)
c = torch.autograd.grad(b, a, torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), create_graph=True, allow_unused=True)[0]
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True)
