"""Found by seed 4248. `b.backward(torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), create_graph=True)`: exception is none, in PyTorch
RuntimeError (Trying to backward through the graph a second time (or directly access saved
tensors after they have already been freed). Saved intermediate values of the graph are freed
when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward
through the graph a second time or if you need to access saved tensors after calling backward.)
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
b = torch.add(a, a, alpha=3.0)
b[b > -1.5] = -1.5
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), retain_graph=False)
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), create_graph=True)
