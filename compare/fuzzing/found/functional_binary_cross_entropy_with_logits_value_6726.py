"""Found by seed 6726. `c = torch.nn.functional.binary_cross_entropy_with_logits(b, a,
reduction='none')`: value of c at (0, 0) is 0.001868622627362214, in PyTorch
0.0018686226273622979
"""

import torch

a = torch.tensor([[1.0, 1.0], [1.0, 1.0]], dtype=torch.float64, requires_grad=True)
b = torch.tensor([[6.281619225615955, -5.658150430701693], [3.0023998591687657e-207, 3.802235711061888]], dtype=torch.float64)
c = torch.nn.functional.binary_cross_entropy_with_logits(b, a, reduction='none')
