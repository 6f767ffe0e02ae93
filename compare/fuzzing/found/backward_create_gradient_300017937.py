"""Found by seed 300017937. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True)`: gradient of a.grad is nan, in PyTorch 2.5
"""

import torch

a = torch.tensor(3.4028234663852886e+38, requires_grad=True)
b = a.expand((2,))
c = torch.nn.functional.silu(b)
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True)
