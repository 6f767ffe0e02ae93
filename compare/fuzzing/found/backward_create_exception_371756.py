"""Found by seed 371756. `d.backward(torch.linspace(0.5, 2.0, d.numel(),
dtype=d.dtype).reshape(d.shape), create_graph=True)`: exception is RuntimeError (`inputs`
argument to `grad()` cannot be empty.), in PyTorch none
"""

import torch

a = torch.tensor([[0.0]], dtype=torch.float64)
b = torch.tensor(0.0, requires_grad=True)
c = torch.add(a, b)
d = torch.nn.functional.linear(c, a)
torch.detach_(c)
d.backward(torch.linspace(0.5, 2.0, d.numel(), dtype=d.dtype).reshape(d.shape), create_graph=True)
