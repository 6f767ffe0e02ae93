"""Found by seed 11351. `c = torch.autograd.grad(b, a, torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), retain_graph=True, allow_unused=True)[0]`: exception is
RuntimeError (one of the variables needed for gradient computation has been modified by an
inplace operation: [minigrad.FloatTensor [2, 1]] is at version 1; expected version 0 instead.
Hint: enable anomaly detection to find the operation that failed to compute its gradient, with
minigrad.autograd.set_detect_anomaly(True, check_nan=False).), in PyTorch none
"""

import torch

a = torch.tensor([[0.0], [0.0]], requires_grad=True)
b = torch.nn.functional.cross_entropy(a, torch.tensor([0, 0]), reduction='mean')
with torch.no_grad(): a.tril_()
c = torch.autograd.grad(b, a, torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), retain_graph=True, allow_unused=True)[0]
