"""Found by seed 9798. `b.backward(torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), retain_graph=True)`: gradient of a.grad at (0, 0) is 0.5, in
PyTorch 0.0
"""

import torch

a = torch.tensor([[0.0], [0.0], [0.0], [0.0]], requires_grad=True)
b = torch.topk(a, 1, -2, True)[0]
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), retain_graph=True)
