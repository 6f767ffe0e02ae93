"""Found by seed 50028907. `d.backward(torch.linspace(0.5, 2.0, d.numel(),
dtype=d.dtype).reshape(d.shape), create_graph=True)`: exception is RuntimeError (A view was
created in no_grad mode and its base or another view of its base has been modified inplace), in
PyTorch none
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
with torch.no_grad(): b = a.permute(())
c = torch.nn.functional.dropout(b, 0.2, True)
with torch.no_grad(): b.tanh_()
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True)
