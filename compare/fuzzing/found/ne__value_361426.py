"""Found by seed 361426. `a.ne_(c)`: value of a at (1, 0, 0) is True, in PyTorch False
"""

import torch

a = torch.tensor([[[True, True, True]], [[False, False, True]], [[False, False, True]]])
b = a.select(*(2, 2))
c, = b.unbind(-1)
a.ne_(c)
