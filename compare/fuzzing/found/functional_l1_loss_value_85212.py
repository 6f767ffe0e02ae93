"""Found by seed 85212. `d = torch.nn.functional.l1_loss(b, a, reduction='mean')`: value of d is
3.4028234663852886e+38, in PyTorch inf
"""

import torch

a = torch.tensor([[-89.72283935546875, -3.4028234663852886e+38]])
b, c = torch.sort(a, dim=-1, descending=False, stable=True)
d = torch.nn.functional.l1_loss(b, a, reduction='mean')
