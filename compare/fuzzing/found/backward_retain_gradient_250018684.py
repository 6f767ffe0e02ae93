"""Found by seed 250018684. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=False)`: gradient of a.grad at (0, 1) is nan, in
PyTorch 0.0
"""

import torch

a = torch.tensor([[2.75, -3.0]], requires_grad=True)
b = torch.nn.KLDivLoss(reduction='sum')
c = b(a, a)
c.clip_(-1.5, 2.0)
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=False)
