"""Found by seed 3902. `d = c.minimum(a)`: value of d at (0, 0) is -0.00027603277703747153, in
PyTorch -0.0002760506176855415
"""

import torch

a = torch.tensor([[0.0, 0.0, 0.0, 0.0]], dtype=torch.float64)
b = torch.tensor([[-1.2082308530807495, -5.965915203094482, -1.2082308530807495, -1.2082308530807495], [-9.403083801269531, 6.03216028213501, torch.nan, -1.2082308530807495]])
c = torch.nn.functional.log_softmax(b, dim=-2)
d = c.minimum(a)
