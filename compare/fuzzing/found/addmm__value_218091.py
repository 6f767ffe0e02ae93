"""Found by seed 218091. `a.addmm_(a, a)`: value of a at (1, 0) is 0.0, in PyTorch
82.58036349428504
"""

import torch

a = torch.tensor([[-1.0, 8.842262610476116], [3.0, 9.514724378047004e-132]], dtype=torch.float64)
a.addmm_(a, a)
