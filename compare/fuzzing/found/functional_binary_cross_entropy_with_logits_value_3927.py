"""Found by seed 3927. `b = torch.nn.functional.binary_cross_entropy_with_logits(a, a,
reduction='none')`: value of b at (0, 2) is nan, in PyTorch -inf
"""

import torch

a = torch.tensor([[-0.7416520714759827, -5.9121479988098145, torch.inf]])
b = torch.nn.functional.binary_cross_entropy_with_logits(a, a, reduction='none')
