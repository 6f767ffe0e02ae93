"""Found by seed 69748. `b.backward(torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), create_graph=True)`: exception is none, in PyTorch
RuntimeError (output with shape [2, 1] doesn't match the broadcast shape [2, 2])
"""

import torch

a = torch.tensor([[0.0, 0.0]], dtype=torch.float64, requires_grad=True)
b = torch.round(a)
with torch.no_grad(): a.transpose_(0, 1)
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), create_graph=True)
