"""Found by seed 904. `d = torch.logical_and(c, b)`: value of d at (0, 0) is True, in PyTorch
False
"""

import torch

a = torch.tensor([[3.0, 2.5], [-2.4188207664418275, -1.1724516479368997e-78]], dtype=torch.float64)
b = a.prod()
c = torch.eye(1, 2)
d = torch.logical_and(c, b)
