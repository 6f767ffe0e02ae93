"""Found by seed 220018674. `c = torch.nn.functional.cosine_similarity(b, a, dim=-1)`: dtype of c
is float32, in PyTorch float64
"""

import torch

a = torch.tensor(0.0, dtype=torch.float64)
b = torch.rand((1, 3))
c = torch.nn.functional.cosine_similarity(b, a, dim=-1)
