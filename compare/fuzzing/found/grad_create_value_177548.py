"""Found by seed 177548. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]`: value of d is
1.2390183424427905, in PyTorch 1.2390183426268626
"""

import torch

a = torch.tensor(-5.715254200190628, dtype=torch.float64, requires_grad=True)
b = torch.nn.functional.gelu(a)
c = b.log10()
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]
