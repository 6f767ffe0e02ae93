"""Found by seed 310016709. `a.backward(torch.linspace(0.5, 2.0, a.numel(),
dtype=a.dtype).reshape(a.shape), retain_graph=True)`: exception is RuntimeError (cannot add a
gradient of (1, 1, 2) to one of (1, 2)), in PyTorch none
"""

import torch

a = torch.tensor([[0.0, 0.0]], dtype=torch.float64, requires_grad=True)
b = a[:-3:1, 1]
a.backward(torch.linspace(0.5, 2.0, a.numel(), dtype=a.dtype).reshape(a.shape), create_graph=True)
with torch.no_grad(): a.unsqueeze_(0)
a.backward(torch.linspace(0.5, 2.0, a.numel(), dtype=a.dtype).reshape(a.shape), retain_graph=True)
