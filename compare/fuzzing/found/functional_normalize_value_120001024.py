"""Found by seed 120001024. `c = torch.nn.functional.normalize(b, dim=-1)`: value of c at (1, 1,
0) is 0.7071067811865475, in PyTorch 0.0
"""

import torch

a = torch.tensor([[[2.2250738585072014e-308], [-9.289699548219032]], [[1.1691298912183683], [1.3407807929942596e+154]]], dtype=torch.float64)
b = a.expand((-1, 2, 2))
c = torch.nn.functional.normalize(b, dim=-1)
