"""Found by seed 4768. `b = torch.nn.functional.silu(a)`: value of b at (0, 1) is
-1.4545438381149105e-306, in PyTorch -0.0
"""

import torch

a = torch.tensor([[2.220446049250313e-16, -710.782712893384]], dtype=torch.float64)
b = torch.nn.functional.silu(a)
