"""Found by seed 82031. `c.true_divide_(b)`: value of a at (0, 1) is 0.6666666865348816, in
PyTorch -1.0
"""

import torch

a = torch.tensor([[-1.5, -1.0, -2.75, 2.75], [0.0, 1.0, -2.75, 1.75]])
b = a[..., -4]
c = a.mT
c.true_divide_(b)
