"""Found by seed 254461. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=False)`: exception is none, in PyTorch
RuntimeError (Output 0 of View is a view of a view which was created in no_grad mode and its
base or another view of its base has been modified inplace with grad mode enabled. Given that
this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by
moving both the view and the inplace either both inside the no_grad block (if you don't want
the inplace to be tracked) or both outside (if you want the inplace to be tracked).)
"""

import torch

a = torch.tensor([[[0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0]]], requires_grad=True)
with torch.no_grad(): b = torch.transpose(a, -3, 1)
c = torch.matmul(b, b)
with torch.no_grad(): torch.neg_(a)
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=False)
