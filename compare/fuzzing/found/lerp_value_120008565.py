"""Found by seed 120008565. `c = b.lerp(a, 1.0)`: value of c at (1, 0, 1) is
-3.4028234663852886e+38, in PyTorch nan
"""

import torch

a = torch.tensor([[[-8.293915748596191, -5.006977081298828]], [[89.72283935546875, -3.4028234663852886e+38]]])
b = a.abs()
c = b.lerp(a, 1.0)
