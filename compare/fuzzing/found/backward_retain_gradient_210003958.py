"""Found by seed 210003958. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=False)`: gradient of a.grad at (1, 1, 1) is
-8.5266554961756e-311, in PyTorch 0.0
"""

import torch

a = torch.tensor([[[1.4916681462400413e-154, 2.5084978756767413e-15], [1.4916681462400413e-154, 1.4916681462400413e-154], [1.4916681462400413e-154, 1.4916681462400413e-154]], [[-2.2250738585072014e-308, 1.3407807929942596e+154], [3.4081534229247428, -710.782712893384], [1.7976931348623157e+308, -4.3487632644722767e-249]]], dtype=torch.float64, requires_grad=True)
b = a.add(a)
b[..., 1] = 1.0
c = torch.nn.functional.binary_cross_entropy(b.sigmoid(), a.sigmoid(), reduction='mean')
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=False)
