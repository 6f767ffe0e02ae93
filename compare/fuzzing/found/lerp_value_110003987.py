"""Found by seed 110003987. `c = b.lerp(a, -0.5)`: value of c at (2, 0) is inf, in PyTorch
1.7014117331926443e+38
"""

import torch

a = torch.tensor([[0.6781434416770935], [1.8446742974197924e+19], [-3.4028234663852886e+38]])
b = torch.tensor(0.0)
c = b.lerp(a, -0.5)
