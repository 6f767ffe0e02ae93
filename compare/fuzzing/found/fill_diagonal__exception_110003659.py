"""Found by seed 110003659. `c.fill_diagonal_(3, wrap=True)`: exception is none, in PyTorch
RuntimeError (setStorage: sizes [6], strides [13], storage offset 4, and itemsize 8 requiring a
storage size of 560 are out of bounds for storage of size 288)
"""

import torch

a = torch.tensor([[1.0], [1.0], [1.0]])
b = a.expand((2, -1, 2))
c = torch.nonzero(b)
c.fill_diagonal_(3, wrap=True)
