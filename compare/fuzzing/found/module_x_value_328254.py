"""Found by seed 328254. `d = c(b)`: value of c.num_batches_tracked is 0, in PyTorch 1
"""

import torch

a = torch.tensor([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]])
with torch.no_grad(): b = a.select(*(0, -1))
c = torch.nn.BatchNorm1d(b.shape[1], momentum=0.1, affine=True, dtype=b.dtype)
with torch.no_grad(): a.logical_not_()
with torch.no_grad(): a.requires_grad_()
d = c(b)
