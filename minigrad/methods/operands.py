"""What may stand beside a tensor in an operator?"""

from __future__ import annotations

import builtins

import numpy as np

from .. import tensor

NUMBERS = (builtins.bool, int, float, np.bool_, np.integer, np.floating)


def is_tensor(value: object) -> bool:
    """Whether it is a tensor; the methods are imported before the class is."""
    return isinstance(value, tensor.Tensor)


def is_operand(value: object) -> bool:
    """Whether it is a tensor or a number; for other things Python asks them themselves."""
    return is_tensor(value) or isinstance(value, NUMBERS)
