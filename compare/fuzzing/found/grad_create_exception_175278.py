"""Found by seed 175278. `e = torch.autograd.grad(d, b, torch.linspace(0.5, 2.0, d.numel(),
dtype=d.dtype).reshape(d.shape), create_graph=True, allow_unused=True)[0]`: exception is
RuntimeError (one of the variables needed for gradient computation has been modified by an
inplace operation: [minigrad.FloatTensor [2, 2, 1, 3]] is at version 1; expected version 0
instead. Hint: enable anomaly detection to find the operation that failed to compute its
gradient, with minigrad.autograd.set_detect_anomaly(True, check_nan=False).), in PyTorch none
"""

import torch

a = torch.tensor([[[0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0]]])
b = torch.tensor([[[0.0], [0.0], [0.0]]], requires_grad=True)
c = a.expand((2, 2, -1, -1))
d = torch.matmul(c, b)
a[..., :] = 3.0
e = torch.autograd.grad(d, b, torch.linspace(0.5, 2.0, d.numel(), dtype=d.dtype).reshape(d.shape), create_graph=True, allow_unused=True)[0]
