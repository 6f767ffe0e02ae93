"""Found by seed 400258636. `c.copy_(a)`: exception is RuntimeError (A view was created in no_grad
mode and is being modified inplace with grad mode enabled. Given that this use case is
ambiguous and error-prone, it is forbidden. You can clarify your code by moving both the view
and the inplace either both inside the no_grad block (if you don't want the inplace to be
tracked) or both outside (if you want the inplace to be tracked).), in PyTorch none
"""

import torch

a = torch.tensor(0.0, requires_grad=True)
b = torch.tensor([False])
with torch.no_grad(): c = torch.permute(b, (0,))
c.copy_(a)
