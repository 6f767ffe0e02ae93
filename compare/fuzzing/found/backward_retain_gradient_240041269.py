"""Found by seed 240041269. `b.backward(torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), retain_graph=True)`: gradient of a.grad at (0, 0) is
-3.2933072433403376e-13, in PyTorch -3.2929214910382143e-13
"""

import torch

a = torch.tensor([[-2.2250738585072014e-308, 6.316809155509052, -1.042712281553784e-13]], dtype=torch.float64, requires_grad=True)
b = a.prod(1, keepdim=False)
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), retain_graph=True)
