"""Found by seed 803559. `b.addmm_(c, b)`: value of a at (0, 2) is 7.0, in PyTorch 31.0
"""

import torch

a = torch.tensor([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]], dtype=torch.float64)
b = a.T
c = torch.nn.functional.linear(b, b)
b.addmm_(c, b)
