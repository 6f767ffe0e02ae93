"""Found by seed 2000554. `b.backward(torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), retain_graph=True)`: gradient of a.grad at (0, 0, 1) is nan,
in PyTorch 4.202803949421922
"""

import torch

a = torch.tensor([[[-8.603229254094694, torch.nan]]], dtype=torch.float64, requires_grad=True)
b = a.add(a)
torch.nn.functional.selu_(b)
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), retain_graph=True)
