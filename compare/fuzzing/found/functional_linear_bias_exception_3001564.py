"""Found by seed 3001564. `c = torch.nn.functional.linear(a, b, b)`: exception is none, in PyTorch
RuntimeError (The expanded size of the tensor (4) must match the existing size (2) at non-
singleton dimension 0.  Target sizes: [4, 2].  Tensor sizes: [2, 1])
"""

import torch

a = torch.tensor([[[0.0], [0.0]], [[0.0], [0.0]]], dtype=torch.float64)
b = a.select(*(0, 1))
c = torch.nn.functional.linear(a, b, b)
