"""Found by seed 3291. `a.ge_(b)`: requires_grad of a is False, in PyTorch True
"""

import torch

a = torch.tensor(False)
b = torch.tensor(0.0, requires_grad=True)
a.ge_(b)
