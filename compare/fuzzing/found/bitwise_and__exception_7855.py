"""Found by seed 7855. `b.bitwise_and_(a)`: exception is NotImplementedError ("bitwise_and_cpu"
not implemented for 'Float'), in PyTorch RuntimeError (output with shape [] doesn't match the
broadcast shape [1, 1])
"""

import torch

a = torch.tensor([[0.0]])
b = torch.std(a)
b.bitwise_and_(a)
