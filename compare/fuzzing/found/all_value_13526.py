"""Found by seed 13526. `d = c.all()`: value of d is False, in PyTorch True
"""

import torch

a = torch.tensor([[0.0, 3.75, 3.75], [-1.25, -3.75, 3.75]], dtype=torch.float64)
b = torch.nn.BatchNorm1d(a.shape[1], momentum=0.5, affine=False, dtype=a.dtype)
c = b(a)
d = c.all()
