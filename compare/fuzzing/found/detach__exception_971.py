"""Found by seed 971. `b.detach_()`: exception is RuntimeError (Can't detach views in-place. Use
detach() instead.), in PyTorch none
"""

import torch

a = torch.tensor(0.0)
b = a.argmax()
b.detach_()
