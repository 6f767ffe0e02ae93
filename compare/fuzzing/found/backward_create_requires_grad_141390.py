"""Found by seed 141390. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True)`: requires_grad of b.grad is True, in
PyTorch False
"""

import torch

a = torch.tensor(0.0, requires_grad=True)
b = torch.zeros((0,), dtype=torch.float32, requires_grad=True)
c = torch.cat([b, b])
c *= a
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True)
