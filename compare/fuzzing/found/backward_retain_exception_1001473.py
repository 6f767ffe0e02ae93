"""Found by seed 1001473. `b.backward(torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), retain_graph=False)`: exception is none, in PyTorch
RuntimeError (one of the variables needed for gradient computation has been modified by an
inplace operation: [torch.DoubleTensor [2, 2]], which is output 0 of Elu1, is at version 2;
expected version 1 instead. Hint: enable anomaly detection to find the operation that failed to
compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).)
"""

import torch

a = torch.tensor([[0.0, 0.0], [0.0, 0.0]], dtype=torch.float64, requires_grad=True)
b = torch.nn.functional.elu(a, 0.5)
torch.nn.functional.selu_(b)
b.scatter_(1, torch.tensor([[0, 0], [0, 1]]), 3.0)
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), retain_graph=False)
