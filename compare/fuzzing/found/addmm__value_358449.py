"""Found by seed 358449. `b.addmm_(b, c)`: value of a at (0, 0, 0) is 4.0, in PyTorch 6.0
"""

import torch

a = torch.tensor([[[1.0, 1.0, 1.0]]], dtype=torch.float64)
b, = a.unbind(-3)
c = b[torch.tensor([0, 0, 0])]
b.addmm_(b, c)
