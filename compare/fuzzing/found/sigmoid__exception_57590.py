"""Found by seed 57590. `b.sigmoid_()`: exception is none, in PyTorch RuntimeError (out != nullptr
INTERNAL ASSERT FAILED at "/__w/pytorch/pytorch/torch/csrc/autograd/variable.cpp":207, please
report a bug to PyTorch. )
"""

import torch

a = torch.tensor([[0.0]], dtype=torch.float64, requires_grad=True)
b = a + a
b.retain_grad()
b.swapdims_(0, 1)
b.sigmoid_()
