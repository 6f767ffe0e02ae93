"""Found by seed 143055. `e = torch.autograd.grad(d, a, torch.linspace(0.5, 2.0, d.numel(),
dtype=d.dtype).reshape(d.shape), retain_graph=True, allow_unused=True)[0]`: value of e at (1,
1) is 1.1102230246251564e-16, in PyTorch 0.0
"""

import torch

a = torch.tensor([[4.4236005789350035, 4.4236005789350035], [-710.782712893384, -2.220446049250313e-16]], dtype=torch.float64, requires_grad=True)
b = torch.select(a, *(1, -1))
c = torch.nn.BCELoss(reduction='none')
d = c(b.sigmoid(), b.sigmoid())
e = torch.autograd.grad(d, a, torch.linspace(0.5, 2.0, d.numel(), dtype=d.dtype).reshape(d.shape), retain_graph=True, allow_unused=True)[0]
