"""Found by seed 50010646. `d = torch.nn.functional.linear(a, b, c)`: being a view of d is True,
in PyTorch False
"""

import torch

a = torch.zeros((2,), dtype=torch.float64)
b = torch.zeros((4, 2), dtype=torch.float64)
c = b.select(*(1, 0))
d = torch.nn.functional.linear(a, b, c)
