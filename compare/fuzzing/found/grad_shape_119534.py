"""Found by seed 119534. `c = torch.autograd.grad(a, a, torch.linspace(0.5, 2.0, a.numel(),
dtype=a.dtype).reshape(a.shape), retain_graph=False, allow_unused=True)[0]`: shape of c is (1,
1, 1), in PyTorch (1, 1)
"""

import torch

a = torch.tensor([[0.0]], dtype=torch.float64, requires_grad=True)
b = torch.broadcast_to(a, (1, 1))
with torch.no_grad(): a.unsqueeze_(1)
c = torch.autograd.grad(a, a, torch.linspace(0.5, 2.0, a.numel(), dtype=a.dtype).reshape(a.shape), retain_graph=False, allow_unused=True)[0]
