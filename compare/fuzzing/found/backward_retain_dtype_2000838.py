"""Found by seed 2000838. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=True)`: dtype of b.grad is float64, in PyTorch
float32
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64)
b = torch.tensor(0.0, requires_grad=True)
c = torch.normal(a, b.abs())
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=True)
