"""Found by seed 307029. `b = torch.var(a, 1, correction=1)`: value of b at (0,) is inf, in
PyTorch nan
"""

import torch

a = torch.tensor([[1.4916681462400413e-154, 1.7976931348623157e+308, -1.7976931348623157e+308], [-1.3407807929942596e+154, -5.015256806862317, -1.7976931348623157e+308]], dtype=torch.float64)
b = torch.var(a, 1, correction=1)
