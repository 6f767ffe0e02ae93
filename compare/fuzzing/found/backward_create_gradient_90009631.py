"""Found by seed 90009631. `c.backward(torch.linspace(0.5, 2.0, c.numel(),
dtype=c.dtype).reshape(c.shape), create_graph=True)`: gradient of a.grad at (1, 0, 2) is
1.1559491379249168e+181, in PyTorch 1.1559433992190506e+181
"""

import torch

a = torch.tensor([[[0.0, 0.0, -2.736293084196401]], [[-2.736293084196401, -2.736293084196401, 1.1998070694021844e-193]]], dtype=torch.float64, requires_grad=True)
b = torch.tensor(0.05655937269330025)
c = torch.pow(a, b)
c.backward(torch.linspace(0.5, 2.0, c.numel(), dtype=c.dtype).reshape(c.shape), create_graph=True)
