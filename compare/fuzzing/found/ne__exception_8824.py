"""Found by seed 8824. `c.ne_(b)`: exception is none, in PyTorch RuntimeError (unsupported
operation: some elements of the input tensor and the written-to tensor refer to a single memory
location. Please clone() the tensor before performing the operation.)
"""

import torch

a = torch.tensor([[0], [0]])
b = a[None, -4:-1]
c = b.view_as(b)
c.ne_(b)
