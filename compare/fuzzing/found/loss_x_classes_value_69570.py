"""Found by seed 69570. `f = e(d, torch.tensor([1, -100, 2]))`: value of f at (2,) is
9.80908925027372e-45, in PyTorch -0.0
"""

import torch

a = torch.tensor([[9.34018325805664, -1.0842021724855044e-19, 2.915355682373047, 9.308869361877441], [1.8446742974197924e+19, 0.13540798425674438, -6.757472991943359, 0.19916629791259766], [-9.969339370727539, -1.0842021724855044e-19, -1.1754943508222875e-38, 1.1754943508222875e-38]])
b = torch.tensor([[False, False, False, False], [True, False, False, True], [True, False, False, False]])
c = torch.masked_select(a, b)
d = torch.outer(c, c)
e = torch.nn.CrossEntropyLoss(reduction='none')
f = e(d, torch.tensor([1, -100, 2]))
