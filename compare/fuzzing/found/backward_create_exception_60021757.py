"""Found by seed 60021757. `d.backward(torch.linspace(0.5, 2.0, d.numel(),
dtype=d.dtype).reshape(d.shape), create_graph=True)`: exception is RuntimeError (one of the
variables needed for gradient computation has been modified by an inplace operation:
[minigrad.FloatTensor [1, 1]], which is output 0 of Unsqueeze, is at version 1; expected
version 0 instead. Hint: enable anomaly detection to find the operation that failed to compute
its gradient, with minigrad.autograd.set_detect_anomaly(True, check_nan=False).), in PyTorch
none
"""

import torch

a = torch.tensor([[0.0, 0.0, 0.0]], requires_grad=True)
b = a.add(a)
with torch.no_grad(): c = b[..., 2]
d = torch.dot(c, c)
torch.relu_(b)
d.backward(torch.linspace(0.5, 2.0, d.numel(), dtype=d.dtype).reshape(d.shape), create_graph=True)
