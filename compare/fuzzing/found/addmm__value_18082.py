"""Found by seed 18082. `a.addmm_(a, a)`: value of a at (1, 0) is inf, in PyTorch nan
"""

import torch

a = torch.tensor([[1.7976931348623157e+308, 6.142810192491925], [1.7976931348623157e+308, -1.3407807929942596e+154]], dtype=torch.float64)
a.addmm_(a, a)
