"""Found by seed 240049594. `c = torch.nn.functional.cosine_similarity(b, a, dim=-1)`: value of c
at (0, 0) is 0.9999999999999998, in PyTorch 0.9999999828857289
"""

import torch

a = torch.tensor(1.0)
b = torch.tensor([[[1.0, 1.0]]], dtype=torch.float64)
c = torch.nn.functional.cosine_similarity(b, a, dim=-1)
