"""Found by seed 101010. `d.ne_(c)`: value of d is 1.0, in PyTorch nan
"""

import torch

a = torch.tensor([0.0], dtype=torch.float64, requires_grad=True)
b = a.pow(2)
c, = b.unbind(0)
b.eq_(a)
d = a.std()
d.ne_(c)
