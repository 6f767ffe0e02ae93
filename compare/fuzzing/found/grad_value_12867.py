"""Found by seed 12867. `c = torch.autograd.grad(b, a, torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), retain_graph=False, allow_unused=True)[0]`: value of c is nan,
in PyTorch 0.5253505110740662
"""

import torch

a = torch.tensor(torch.nan, requires_grad=True)
b = torch.nn.functional.selu(a)
c = torch.autograd.grad(b, a, torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), retain_graph=False, allow_unused=True)[0]
