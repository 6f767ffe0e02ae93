"""Found by seed 28832. `c.scatter_add_(1, torch.tensor([[1, 0, 2], [2, 1, 1], [2, 1, 0]]), b)`:
value of a at (2, 1, 2) is 2.0, in PyTorch 3.0
"""

import torch

a = torch.tensor([[[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]], [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]], [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]], [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]], dtype=torch.float64)
b = torch.diagonal(a, -1)
c = torch.t(b)
c.scatter_add_(1, torch.tensor([[1, 0, 2], [2, 1, 1], [2, 1, 0]]), b)
