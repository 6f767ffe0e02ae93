"""Found by seed 44177. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=True, allow_unused=True)[0]`: value of d at (3,
3) is -inf, in PyTorch nan
"""

import torch

a = torch.tensor([[-1.7976931348623157e+308, -1.4916681462400413e-154, -0.15936420970237997, 0.6320472869944709], [-0.15936420970237997, -0.15936420970237997, 2.220446049250313e-16, 8.268344794695079], [8.733248433403021e-211, -1.0657136895771284, -1.1400718726323115e-75, -0.15936420970237997], [-1.7976931348623157e+308, 1.1711983059561563e-191, 1.7976931348623157e+308, 2.2250738585072014e-308]], dtype=torch.float64, requires_grad=True)
b = a.any()
c = torch.masked_fill(a, b, -1.5)
c.addmm_(a, a)
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=True, allow_unused=True)[0]
