"""Found by seed 6721. `with torch.no_grad(): d = torch.nn.functional.linear(c, c)`: exception is
RuntimeError (A view was created in no_grad mode and its base or another view of its base has
been modified inplace with grad mode enabled. Given that this use case is ambiguous and error-
prone, it is forbidden. You can clarify your code by moving both the view and the inplace
either both inside the no_grad block (if you don't want the inplace to be tracked) or both
outside (if you want the inplace to be tracked).), in PyTorch none
"""

import torch

a = torch.tensor([[0.0]], dtype=torch.float64, requires_grad=True)
b = a * a
with torch.no_grad(): c = b.narrow(*(1, 1, 0))
b.neg_()
with torch.no_grad(): d = torch.nn.functional.linear(c, c)
