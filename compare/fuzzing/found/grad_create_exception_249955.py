"""Found by seed 249955. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]`: exception is
RuntimeError (the gradient of SinBackward0's result has shape [2, 1], but expected shape
compatible with [1, 2], which the result had before it got another one in place and without a
graph), in PyTorch none
"""

import torch

a = torch.tensor([[0.0, 0.0]], requires_grad=True)
b = a.sin()
with torch.no_grad(): b.swapaxes_(0, 1)
c = torch.rsub(b, a)
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]
