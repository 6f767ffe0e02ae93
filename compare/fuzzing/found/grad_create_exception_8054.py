"""Found by seed 8054. `b = torch.autograd.grad(a, a, torch.linspace(0.5, 2.0, a.numel(),
dtype=a.dtype).reshape(a.shape), create_graph=True, allow_unused=True)[0]`: exception is
NotImplementedError ("linspace_cpu" not implemented for 'Bool'), in PyTorch RuntimeError
(element 0 of tensors does not require grad and does not have a grad_fn)
"""

import torch

a = torch.tensor(False)
b = torch.autograd.grad(a, a, torch.linspace(0.5, 2.0, a.numel(), dtype=a.dtype).reshape(a.shape), create_graph=True, allow_unused=True)[0]
