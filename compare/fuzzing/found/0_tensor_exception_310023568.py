"""Found by seed 310023568. `b[0] = a`: exception is RuntimeError (unsupported operation: more
than one element of the written-to tensor refers to a single memory location. Please clone()
the tensor before performing the operation.), in PyTorch none
"""

import torch

a = torch.tensor([0.0], dtype=torch.float64)
b = a.expand((2, 2))
b[0] = a
