"""Found by seed 6816. `b.backward(torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), create_graph=True)`: exception is none, in PyTorch
RuntimeError (element 0 of tensors does not require grad and does not have a grad_fn)
"""

import torch

a = torch.tensor([[0.0], [0.0]], requires_grad=True)
with torch.no_grad(): b = a.narrow(*(0, 2, 0))
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), create_graph=True)
