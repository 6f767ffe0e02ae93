"""Found by seed 38072. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]`: value of d at (0,
1) is 11.816263286918911, in PyTorch 11.816263198852539
"""

import torch

a = torch.tensor([[0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]], dtype=torch.float64, requires_grad=True)
b = torch.tensor([[8.452513694763184, 9.846885681152344, 5.960155369998923e-39, 2.795085968880853e-40], [5.605193857299268e-45, -2.0460933409977027e-39, 5.605193857299268e-45, -5.60019822827395e-39], [4.203895392974451e-45, -4.203895392974451e-45, 8.790793682218161e-39, 4.203895392974451e-45], [-2.802596928649634e-45, -6.542256153377917e-40, -4.203895392974451e-45, -1.0504685400173773e-38]])
c = torch.add(b, b)
c.multiply_(a)
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True, allow_unused=True)[0]
