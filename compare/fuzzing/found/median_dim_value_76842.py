"""Found by seed 76842. `e, f = d.median(-1, keepdim=False)`: value of e is 1.0, in PyTorch
3.0915446719934114e-41
"""

import torch

a = torch.tensor(0.0)
b = torch.le(a, a)
c = b.float()
d = c.expand((2,))
e, f = d.median(-1, keepdim=False)
