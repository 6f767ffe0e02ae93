"""Found by seed 1473. `a.unsqueeze_(-1)`: shape of b is (), in PyTorch (1,)
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64)
b, c = torch.broadcast_tensors(a, a)
a.unsqueeze_(-1)
