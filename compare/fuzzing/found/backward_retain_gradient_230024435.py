"""Found by seed 230024435. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=True)`: gradient of a.grad is nan, in PyTorch
-inf
"""

import torch

a = torch.tensor(0.0, requires_grad=True)
b = torch.randn_like(a)
c = b.remainder(a)
torch.nn.functional.selu_(c)
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=True)
