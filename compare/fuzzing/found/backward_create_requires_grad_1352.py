"""Found by seed 1352. `with torch.no_grad(): c.backward(…, create_graph=True)`: requires_grad of
a.grad is False, in PyTorch True
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
b = torch.nn.SmoothL1Loss(reduction='mean')
a.backward(torch.linspace(0.5, 2.0, a.numel(), dtype=a.dtype).reshape(a.shape), create_graph=True)
c = b(a, a)
with torch.no_grad(): c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True)
