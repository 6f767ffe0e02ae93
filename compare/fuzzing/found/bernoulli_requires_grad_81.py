"""Found by seed 81. `b = torch.bernoulli(a.sigmoid())`: requires_grad of b is False, in PyTorch
True
"""

import torch

a = torch.tensor(0.0, requires_grad=True)
b = torch.bernoulli(a.sigmoid())
