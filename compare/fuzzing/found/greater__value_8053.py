"""Found by seed 8053. `c.greater_(a)`: value of c at (1, 2) is 1.0, in PyTorch 0.0
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64)
b = torch.tensor([[-1.6641101309359468e-144, -1.6641101309359468e-144, -1.6641101309359468e-144], [-1.6641101309359468e-144, 0.0, -0.0]], dtype=torch.float64)
b.clamp_max_(0.0)
c = b.rsqrt()
c.greater_(a)
