"""Found by seed 87476. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=True)`: gradient of b.weight.grad at (1,) is
-1.25e-321, in PyTorch -1.56e-321
"""

import torch

a = torch.tensor([[2.505638365346721, 1.5e-323, -1.5e-323], [5.0806639267828935, 2e-323, -1.9593691852601826e-308]], dtype=torch.float64)
b = torch.nn.BatchNorm1d(a.shape[1], momentum=None, affine=True, dtype=a.dtype)
c = b(a)
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=True)
