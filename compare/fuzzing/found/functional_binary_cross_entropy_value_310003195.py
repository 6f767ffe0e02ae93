"""Found by seed 310003195. `d = torch.nn.functional.binary_cross_entropy(c.sigmoid(),
a.sigmoid(), reduction='none')`: value of d at (2, 1) is 1.742274844767068, in PyTorch
4.742587317756664
"""

import torch

a = torch.tensor([[2.0, -2.25, -6.9384709793424015], [-2.75, -4.465238986345445, -8.066566493285237], [-4.158150130587198e-288, 3.0, 3.760096538072684]], dtype=torch.float64)
b = a.exp()
c = torch.mm(b, a)
d = torch.nn.functional.binary_cross_entropy(c.sigmoid(), a.sigmoid(), reduction='none')
