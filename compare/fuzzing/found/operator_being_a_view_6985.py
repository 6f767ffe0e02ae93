"""Found by seed 6985. `c = a @ b`: being a view of c is False, in PyTorch True
"""

import torch

a = torch.tensor([[0.0]], requires_grad=True)
b = a.unsqueeze(2)
c = a @ b
