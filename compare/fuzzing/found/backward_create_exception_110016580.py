"""Found by seed 110016580. `b.backward(torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), create_graph=True)`: exception is RuntimeError (Trying to
backward through the graph a second time (or directly access saved tensors after they have
already been freed). Saved intermediate values of the graph are freed when you call .backward()
or autograd.grad(). Specify retain_graph=True if you need to backward through the graph a
second time or if you need to access saved tensors after calling backward.), in PyTorch none
"""

import torch

a = torch.tensor(0.0, requires_grad=True)
b = a.add(a)
b.lerp_(a, 0.9)
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), retain_graph=False)
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), create_graph=True)
