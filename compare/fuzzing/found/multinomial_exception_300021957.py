"""Found by seed 300021957. `b = ((a > 0) + 1.0).multinomial(1)`: exception is none, in PyTorch
RuntimeError (cannot sample n_sample > prob_dist.size(-1) samples without replacement)
"""

import torch

a = torch.eye(0, 0)
b = ((a > 0) + 1.0).multinomial(1)
