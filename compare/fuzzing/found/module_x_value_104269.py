"""Found by seed 104269. `c = b(a)`: value of b.running_mean at (1,) is -2.2685489775901924e+37,
in PyTorch -inf
"""

import torch

a = torch.tensor([[1.1754943508222875e-38, -3.4028234663852886e+38], [-3.4028234663852886e+38, -7.76674747467041], [2.490722894668579, -3.4028234663852886e+38]])
b = torch.nn.BatchNorm1d(a.shape[1], momentum=0.1, affine=True, dtype=a.dtype)
c = b(a)
