"""Found by seed 84689. `b.backward(torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), retain_graph=True)`: shape of a.grad is (1,), in PyTorch ()
"""

import torch

a = torch.tensor(0.0, requires_grad=True)
b = torch.broadcast_to(a, (2,))
with torch.no_grad(): a.unsqueeze_(-1)
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), retain_graph=True)
