"""Found by seed 90918. `b.greater_equal_(a)`: exception is none, in PyTorch RuntimeError (out !=
nullptr INTERNAL ASSERT FAILED at "/__w/pytorch/pytorch/torch/csrc/autograd/variable.cpp":207,
please report a bug to PyTorch. )
"""

import torch

a = torch.tensor([[0.0]], dtype=torch.float64, requires_grad=True)
b = a.log()
b.retain_grad()
b.transpose_(0, 1)
b.greater_equal_(a)
