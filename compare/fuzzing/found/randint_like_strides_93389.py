"""Found by seed 93389. `d = torch.randint_like(c, -1, 8)`: strides of d is (12, 6, 2, 1), in
PyTorch (12, 6, 1, 3)
"""

import torch

a = torch.tensor([[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]], dtype=torch.float64)
b = a.permute((0, 2, 1))
c = b.broadcast_to((2, 2, 3, 2))
d = torch.randint_like(c, -1, 8)
