"""Found by seed 5433. `e = torch.nn.functional.linear(b, a)`: being a view of e is True, in
PyTorch False
"""

import torch

a = torch.tensor([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], dtype=torch.float64)
b, c, d = torch.unbind(a, -1)
e = torch.nn.functional.linear(b, a)
