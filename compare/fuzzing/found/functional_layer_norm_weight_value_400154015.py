"""Found by seed 400154015. `c = torch.nn.functional.layer_norm(a, b.shape, b, b)`: value of c at
(0, 0) is 1.0, in PyTorch nan
"""

import torch

a = torch.tensor([[1.7976931348623157e+308, 4.750175346013961, -7.329321038580714], [-5.8225374804999666, -1.3407807929942596e+154, 710.782712893384], [-1.4916681462400413e-154, -1.7976931348623157e+308, 7.078046213604459]], dtype=torch.float64)
b = torch.nn.functional.cosine_similarity(a, a, dim=-1)
c = torch.nn.functional.layer_norm(a, b.shape, b, b)
