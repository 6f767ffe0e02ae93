"""Found by seed 10445. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=False, allow_unused=True)[0]`: exception is none,
in PyTorch RuntimeError (one of the variables needed for gradient computation has been modified
by an inplace operation: [torch.DoubleTensor []], which is output 0 of Neg, is at version 1;
expected version 0 instead. Hint: enable anomaly detection to find the operation that failed to
compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).)
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
b = torch.add(a, a, alpha=2.0)
c = b.gather(0, torch.tensor([0]))
b.negative_()
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=False, allow_unused=True)[0]
