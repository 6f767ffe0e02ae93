"""Found by seed 678. `b, c = torch.sort(a, dim=0, descending=True, stable=True)`: being a view of
c is True, in PyTorch False
"""

import torch

a = torch.tensor(0.0)
b, c = torch.sort(a, dim=0, descending=True, stable=True)
