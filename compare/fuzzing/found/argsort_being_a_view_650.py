"""Found by seed 650. `b = torch.argsort(a, dim=0, descending=True, stable=True)`: being a view of
b is True, in PyTorch False
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64)
b = torch.argsort(a, dim=0, descending=True, stable=True)
