"""Found by seed 41996. `b = torch.nn.functional.nll_loss(a, torch.tensor([0, 0, 0, 0]),
reduction='sum')`: value of b is -1.906765942185713e-243, in PyTorch 0.0
"""

import torch

a = torch.tensor([[0.0], [-1.0], [1.906765942185713e-243], [1.0]], dtype=torch.float64)
b = torch.nn.functional.nll_loss(a, torch.tensor([0, 0, 0, 0]), reduction='sum')
