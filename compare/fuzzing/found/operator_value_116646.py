"""Found by seed 116646. `a *= b`: value of a at (1, 0) is 6.5, in PyTorch 21.125
"""

import torch

a = torch.tensor([[3.25, 2.25, 2.25, -3.0], [2.0, -1.75, -2.0, -3.75], [3.0, 2.0, 1.75, -3.5], [2.0, 2.0, 3.25, -1.75]], dtype=torch.float64)
b, c, d, e = torch.unbind(a, 1)
a *= b
