"""Found by seed 55902. `d = c.eval()(b)`: exception is RuntimeError (Output 0 of
BackwardHookFunction is a view and its base or another view of its base has been modified
inplace. This view was created inside a custom Function (or because an input was returned as-
is) and the autograd logic to handle view+inplace would override the custom backward associated
with the custom Function, leading to incorrect gradients. This behavior is forbidden. You can
fix this by cloning the output of the custom Function.), in PyTorch none
"""

import torch

a = torch.tensor([[0.0, 0.0], [0.0, 0.0]], dtype=torch.float64)
b = a.mT
c = torch.nn.Linear(a.shape[1], 4, bias=False, dtype=a.dtype)
c.register_full_backward_hook(lambda module, by_input, by_output: (by_output[0] * 2.0,))
b.not_equal_(b)
b.requires_grad_()
d = c.eval()(b)
