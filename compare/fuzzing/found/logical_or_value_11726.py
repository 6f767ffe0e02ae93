"""Found by seed 11726. `d = c.logical_or(a)`: value of d at (1, 0, 1) is True, in PyTorch False
"""

import torch

a = torch.tensor([[1.254299521446228, 0.0], [0.0, -6.581729412078857]])
b = a.unsqueeze(1)
c = torch.nn.functional.gelu(b)
d = c.logical_or(a)
