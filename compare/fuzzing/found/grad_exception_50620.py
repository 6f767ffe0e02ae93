"""Found by seed 50620. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=True, allow_unused=True)[0]`: exception is none,
in PyTorch RuntimeError (Subtraction, the `-` operator, with a bool tensor is not supported. If
you are trying to invert a mask, use the `~` or `logical_not()` operator instead.)
"""

import torch

a = torch.tensor([[0.0]], dtype=torch.float64, requires_grad=True)
b = torch.any(a)
c = torch.nn.functional.linear(a, a)
c.pow_(b)
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=True, allow_unused=True)[0]
