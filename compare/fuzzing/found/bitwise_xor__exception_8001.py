"""Found by seed 8001. `c.bitwise_xor_(a)`: exception is NotImplementedError ("bitwise_xor_cpu"
not implemented for 'Float'), in PyTorch RuntimeError (output with shape [] doesn't match the
broadcast shape [1, 1])
"""

import torch

a = torch.tensor([[0]])
b = a.prod()
c = b.clamp(-1.0, 0.5)
c.bitwise_xor_(a)
