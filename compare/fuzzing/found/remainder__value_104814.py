"""Found by seed 104814. `b.remainder_(a)`: value of b at (0, 0) is 5e-324, in PyTorch nan
"""

import torch

a = torch.tensor(1.5e-323, dtype=torch.float64)
b = torch.tensor([[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]], dtype=torch.float64)
b.remainder_(a)
