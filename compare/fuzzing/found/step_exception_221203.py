"""Found by seed 221203. `b.step()`: exception is RuntimeError (a parameter of shape [1] has a
gradient or state of shape [], which does not fit), in PyTorch none
"""

import torch

a = torch.tensor(0.0, requires_grad=True)
a.backward(torch.linspace(0.5, 2.0, a.numel(), dtype=a.dtype).reshape(a.shape), retain_graph=False)
b = torch.optim.Adagrad([a], lr=0.001, lr_decay=0.1)
with torch.no_grad(): a.unsqueeze_(0)
b.step()
