"""Found by seed 80055276. `with torch.no_grad(): h = torch.matmul(a, d)`: exception is
RuntimeError (Output 0 of Unbind is a view and its base or another view of its base has been
modified inplace. This view is the output of a function that returns multiple views. Such
functions do not allow the output views to be modified inplace. You should replace the inplace
operation by an out-of-place one.), in PyTorch none
"""

import torch

a = torch.tensor([[[0.0], [0.0], [0.0], [0.0]], [[0.0], [0.0], [0.0], [0.0]], [[0.0], [0.0], [0.0], [0.0]]], dtype=torch.float64, requires_grad=True)
b = torch.narrow(a, *(0, 2, 0))
c = a.select(*(0, 2))
d, e, f, g = c.unbind(0)
with torch.no_grad(): b.pow_(b)
with torch.no_grad(): h = torch.matmul(a, d)
