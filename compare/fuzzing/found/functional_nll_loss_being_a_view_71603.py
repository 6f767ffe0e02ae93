"""Found by seed 71603. `d = torch.nn.functional.nll_loss(c, torch.tensor([0]),
reduction='none')`: being a view of d is True, in PyTorch False
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64)
b = a.view((1, 1))
c = torch.select(b, *(1, 0))
d = torch.nn.functional.nll_loss(c, torch.tensor([0]), reduction='none')
