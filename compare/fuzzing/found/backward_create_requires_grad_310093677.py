"""Found by seed 310093677. `e.backward(torch.linspace(0.5, 2.0, e.numel(),
dtype=e.dtype).reshape(e.shape), create_graph=True)`: requires_grad of a.grad is False, in
PyTorch True
"""

import torch

a = torch.tensor([[0.0]], requires_grad=True)
b = torch.tensor([[0.0, 0.0, 0.0]], dtype=torch.float64)
c = b[0, 2]
d = c.sigmoid()
e = d * a
d.requires_grad_()
e.backward(torch.linspace(0.5, 2.0, e.numel(), dtype=e.dtype).reshape(e.shape), create_graph=True)
