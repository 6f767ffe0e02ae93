"""Found by seed 57327. `b = torch.sub(a, a, alpha=2.0)`: value of b at (0, 0, 2) is inf, in
PyTorch 3.4028234663852886e+38
"""

import torch

a = torch.tensor([[[-89.72283935546875, -1.1754943508222875e-38, -3.4028234663852886e+38]]])
b = torch.sub(a, a, alpha=2.0)
