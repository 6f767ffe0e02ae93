"""Found by seed 300001829. `d.backward(torch.linspace(0.5, 2.0, d.numel(),
dtype=d.dtype).reshape(d.shape), create_graph=True)`: requires_grad of b.grad is True, in
PyTorch False
"""

import torch

a = torch.tensor([[0.0], [0.0]])
b = torch.tensor([[0.0, 0.0]], requires_grad=True)
c = a.t()
d = torch.nn.functional.linear(b, c)
c.requires_grad_()
d.backward(torch.linspace(0.5, 2.0, d.numel(), dtype=d.dtype).reshape(d.shape), create_graph=True)
