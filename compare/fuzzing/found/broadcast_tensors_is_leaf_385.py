"""Found by seed 385. `b, c = torch.broadcast_tensors(a, a)`: is_leaf of b is False, in PyTorch
True
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
b, c = torch.broadcast_tensors(a, a)
