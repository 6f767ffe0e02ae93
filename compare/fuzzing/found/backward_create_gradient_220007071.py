"""Found by seed 220007071. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True)`: gradient of a.grad is
5.405508826132982e-40, in PyTorch 0.0
"""

import torch

a = torch.tensor(-89.72283935546875, requires_grad=True)
b = torch.tensor(False)
c = a.add(b)
torch.nn.functional.elu_(c)
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True)
