"""Found by seed 50549. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=True)`: exception is none, in PyTorch
RuntimeError (one of the variables needed for gradient computation has been modified by an
inplace operation: [torch.DoubleTensor []], which is output 0 of Max1, is at version 1;
expected version 0 instead. Hint: enable anomaly detection to find the operation that failed to
compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).)
"""

import torch

a = torch.tensor([0.0], dtype=torch.float64, requires_grad=True)
with torch.no_grad(): b, = a.unbind(-1)
c = b.max()
c.ceil_()
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=True)
