"""Found by seed 24292. `b = a.mm(a)`: value of b at (1, 0) is 1.155324400553491e-274, in PyTorch
0.0
"""

import torch

a = torch.tensor([[-3.0, -5.307836225517883], [-6.011326694273398e-259, 3.0]], dtype=torch.float64)
b = a.mm(a)
