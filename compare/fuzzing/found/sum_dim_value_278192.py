"""Found by seed 278192. `b = torch.sum(a, (0, 1), keepdim=False)`: value of b is
18.147594451904297, in PyTorch 1.7550822496414185
"""

import torch

a = torch.tensor([[8.055533409118652, 3.4028234663852886e+38, 1.1920928955078125e-07], [1.755082130432129, 8.336978912353516, -3.4028234663852886e+38]])
b = torch.sum(a, (0, 1), keepdim=False)
