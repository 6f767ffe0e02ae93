"""Found by seed 40144. `d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), retain_graph=True, allow_unused=True)[0]`: value of d at (0,
0, 2) is 2.8977271914482117, in PyTorch 2.8977272510528564
"""

import torch

a = torch.tensor([[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]], dtype=torch.float64, requires_grad=True)
b = torch.tensor([[[-2.0, -1.825800895690918, 3.75], [-8.074408531188965, 2.75, -3.0]], [[2.9321272373199463, -8.401833534240723, 1.3766766786575317], [-2.0268800258636475, 4.014047622680664, 6.920230522054421e-25]]])
c = torch.nn.functional.softplus(b, 2.0, 1.0)
c.multiply_(a)
d = torch.autograd.grad(c, a, torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), retain_graph=True, allow_unused=True)[0]
