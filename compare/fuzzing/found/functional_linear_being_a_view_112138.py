"""Found by seed 112138. `b = torch.nn.functional.linear(a, a)`: being a view of b is True, in
PyTorch False
"""

import torch

a = torch.zeros((0,), dtype=torch.float32)
b = torch.nn.functional.linear(a, a)
