"""Found by seed 82972. `b.backward(torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), create_graph=True)`: requires_grad of a.grad is True, in
PyTorch False
"""

import torch

a = torch.tensor([[0.0]], requires_grad=True)
b = a.prod()
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), create_graph=True)
