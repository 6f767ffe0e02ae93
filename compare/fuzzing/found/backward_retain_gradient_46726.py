"""Found by seed 46726. `a.backward(torch.linspace(0.5, 2.0, a.numel(),
dtype=a.dtype).reshape(a.shape), retain_graph=True)`: gradient of b.grad at (0, 1) is
2.5000000596046448, in PyTorch 2.5
"""

import torch

a = torch.tensor([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
b = torch.tensor([[0.0, 0.0, 0.0]], dtype=torch.float64, requires_grad=True)
a *= b
a.backward(torch.linspace(0.5, 2.0, a.numel(), dtype=a.dtype).reshape(a.shape), retain_graph=True)
