"""Found by seed 310067875. `b.backward(torch.linspace(0.5, 2.0, b.numel(),
dtype=b.dtype).reshape(b.shape), create_graph=True)`: gradient of a.grad at (1, 0, 1) is
2.7755575615628914e-17, in PyTorch 0.0
"""

import torch

a = torch.tensor([[[-7.119572749988809, -4.841514802281467], [-5.94296923854904, 6.133924905010736e-153], [2.0, 3.75]], [[3.6090553872828295, 3.25], [-2.25, 0.9687664263121594], [0.6015958374668902, 4.484629527920047]]], dtype=torch.float64, requires_grad=True)
with torch.no_grad(): b = torch.add(a, a)
b.addcdiv_(a, a, value=-0.5)
b.backward(torch.linspace(0.5, 2.0, b.numel(), dtype=b.dtype).reshape(b.shape), create_graph=True)
