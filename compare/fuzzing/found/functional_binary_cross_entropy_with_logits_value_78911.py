"""Found by seed 78911. `c = torch.nn.functional.binary_cross_entropy_with_logits(a, b,
reduction='none')`: value of c at (0, 0) is 0.6931471805599453, in PyTorch 0.6931471824645996
"""

import torch

a = torch.tensor([[0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
b = torch.tensor([[0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]], dtype=torch.float64)
c = torch.nn.functional.binary_cross_entropy_with_logits(a, b, reduction='none')
