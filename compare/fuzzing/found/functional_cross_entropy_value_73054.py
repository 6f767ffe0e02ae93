"""Found by seed 73054. `c = torch.nn.functional.cross_entropy(b, torch.tensor([2, 3, 3]),
reduction='mean')`: value of c is 2.2685489775901924e+38, in PyTorch inf
"""

import torch

a = torch.tensor([[-0.991382360458374, -4.586564064025879, 2.166033983230591], [3.4028234663852886e+38, -8.087133407592773, 0.09257522970438004], [-1.1754943508222875e-38, 1.8446742974197924e+19, 3.4028234663852886e+38], [-1.8446742974197924e+19, 6.4220871925354, 4.509605884552002]])
b = a.mT
c = torch.nn.functional.cross_entropy(b, torch.tensor([2, 3, 3]), reduction='mean')
