"""Found by seed 3688. `b = torch.index_select(a, 0, torch.tensor([0]))`: being a view of b is
True, in PyTorch False
"""

import torch

a = torch.tensor(False)
b = torch.index_select(a, 0, torch.tensor([0]))
