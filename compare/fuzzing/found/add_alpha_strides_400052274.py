"""Found by seed 400052274. `d = torch.add(a, c, alpha=0.0)`: strides of d is (1, 4, 2), in
PyTorch (1, 2, 4)
"""

import torch

a = torch.tensor([[0.0, 0.0], [0.0, 0.0]], dtype=torch.float64)
b = torch.broadcast_to(a, (2, 2, 2))
c = b.permute((2, 0, 1))
d = torch.add(a, c, alpha=0.0)
