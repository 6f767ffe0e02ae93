"""Found by seed 4003308. `c = torch.nn.functional.linear(b, a, b)`: being a view of c is False,
in PyTorch True
"""

import torch

a = torch.tensor([[0.0], [0.0]], dtype=torch.float64)
b = a.diagonal(0)
c = torch.nn.functional.linear(b, a, b)
