"""Found by seed 88865. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=True)`: exception is none, in PyTorch
RuntimeError (Subtraction, the `-` operator, with a bool tensor is not supported. If you are
trying to invert a mask, use the `~` or `logical_not()` operator instead.)
"""

import torch

a = torch.tensor(False)
b = torch.tensor(-0.0, dtype=torch.float64, requires_grad=True)
c = b.trunc()
c.pow_(a)
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=True)
