"""Found by seed 240085185. `b.copy_(b)`: exception is RuntimeError (unsupported operation: more
than one element of the written-to tensor refers to a single memory location. Please clone()
the tensor before performing the operation.), in PyTorch none
"""

import torch

a = torch.tensor([[[0.0], [0.0], [0.0]]], dtype=torch.float64)
b = a.expand((2, 2, 3, -1))
b.copy_(b)
