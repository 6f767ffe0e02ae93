"""Found by seed 23099. `c = torch.nn.functional.layer_norm(b, a.shape, a, a)`: value of c at (0,
0) is nan, in PyTorch -2.806445288602038e-255
"""

import torch

a = torch.tensor([[-2.806445288602038e-255, 7.716315634391865, -1.3813223872247214e-26], [-6.85296180789198, -6.85296180789198, -6.85296180789198], [7.8764106860960865, 3.4443322268048774e-19, -2.0803744250068394]], dtype=torch.float64)
b = a.pow(-1)
c = torch.nn.functional.layer_norm(b, a.shape, a, a)
