"""Found by seed 371877. `c = b(a)`: value of b.running_mean at (1,) is 1.3686480381983205e-187,
in PyTorch 7.820845932561832e-188
"""

import torch

a = torch.tensor([[7.529889626399605, -2.0], [9.174445954537735, -1.5788646081177756e-153], [5.2663817424630786, 2.0], [-4.0, 6.256676746049466e-187]], dtype=torch.float64)
b = torch.nn.BatchNorm1d(a.shape[1], momentum=0.5, affine=True, dtype=a.dtype)
c = b(a)
