"""Found by seed 271492. `d.backward(torch.linspace(0.5, 2.0, d.numel(),
dtype=d.dtype).reshape(d.shape), create_graph=True)`: gradient of b.grad is there, in PyTorch
none
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64)
b = torch.tensor([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], requires_grad=True)
c = torch.tensor([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], requires_grad=True)
d = c.exp()
d.floor_divide_(a)
d.scatter_add_(0, torch.tensor([[1, 1, 0], [1, 1, 1]]), b)
d.backward(torch.linspace(0.5, 2.0, d.numel(), dtype=d.dtype).reshape(d.shape), create_graph=True)
