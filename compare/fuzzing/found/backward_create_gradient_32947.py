"""Found by seed 32947. `d.backward(torch.linspace(0.5, 2.0, d.numel(),
dtype=d.dtype).reshape(d.shape), create_graph=True)`: gradient of a.grad is none, in PyTorch
there
"""

import torch

a = torch.tensor(0.0, requires_grad=True)
b = torch.tensor(0.0)
c = b.transpose(0, 0)
c.floor_divide_(a)
d = b / a
d.backward(torch.linspace(0.5, 2.0, d.numel(), dtype=d.dtype).reshape(d.shape), create_graph=True)
