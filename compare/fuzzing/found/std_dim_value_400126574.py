"""Found by seed 400126574. `c = torch.std(b, -2, correction=1)`: value of c at (0,) is inf, in
PyTorch nan
"""

import torch

a = torch.tensor(torch.nan)
b = torch.tensor([[6.724114218463196, 7.132371685698114], [-1.8766768125713877, 1.7976931348623157e+308], [1.7976931348623157e+308, -1.8766768125713877], [-1.7976931348623157e+308, 1.7976931348623157e+308]], dtype=torch.float64)
c = torch.std(b, -2, correction=1)
