"""Found by seed 2001087. `c = b(a.sigmoid(), a.sigmoid())`: value of c at (2, 0) is
0.0009455408435314894, in PyTorch 0.0009455300751142204
"""

import torch

a = torch.tensor([[5.605193857299268e-45], [-5.752498351869093e-39], [-9.295372009277344]], requires_grad=True)
b = torch.nn.BCELoss(reduction='none')
c = b(a.sigmoid(), a.sigmoid())
