"""Found by seed 300097613. `d = torch.autograd.grad(c, b, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]`: exception is none,
in PyTorch RuntimeError (result type Float can't be cast to the desired output type Bool)
"""

import torch

a = torch.tensor(False)
b = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
c = b.addcdiv(b, a, value=-1.5)
d = torch.autograd.grad(c, b, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]
