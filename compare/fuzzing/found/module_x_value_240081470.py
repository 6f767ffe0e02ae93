"""Found by seed 240081470. `d = c.eval()(a)`: value of d at (0, 1) is -0.025382518768310547, in
PyTorch -0.025382500141859055
"""

import torch

a = torch.tensor([[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
b = torch.nn.Linear(a.shape[1], 3, bias=False, dtype=a.dtype)
a.random_(0, 9)
c = torch.nn.Linear(a.shape[1], 2, bias=True, dtype=a.dtype)
d = c.eval()(a)
