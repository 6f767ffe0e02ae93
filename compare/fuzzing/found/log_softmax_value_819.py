"""Found by seed 819. `b = torch.log_softmax(a, 0)`: value of b at (1, 0) is
-0.006715348489118068, in PyTorch -0.006715348489117967
"""

import torch

a = torch.tensor([[-1.0], [4.0]], dtype=torch.float64)
b = torch.log_softmax(a, 0)
