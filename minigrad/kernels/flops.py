"""How many floating-point operations does a kernel do? It declares them; here is what counts.

`@kernel(writes=("out",), flops=22)` says 22 for each element of the first operand;
`flops=lambda x, weight: 2 * x.shape[0] * weight.size` says a number for all, from those operands
that it names. Counted is what the kernel's text says:

- +, -, *, / and a square root are one operation each, a multiply-add is two;
- exp, expm1, sigmoid and the like are what `elementary` and `wide` compute them from in float32:
  20, 21 and 22, and tanh 24, log(1 + e^t) 40, the normal distribution with its density 57;
- what the C library computes (log, log1p, a power) counts like exp, 20;
- signs, comparisons, magnitudes, conversions, copies and work on indices count nothing.

Of two branches the longer counts, and weights that may be left out count as if they were there:
a number is the most there can be for these shapes, and for those settings that it looks at.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .kernel import Kernel

Flops = int | Callable[..., int]


def count_flops(kernel: Kernel, operands: Sequence[Any]) -> int | None:
    """The floating-point operations of one call; None for a kernel that declares none.

    Of arrays only the shapes are looked at, and of settings the elements.
    """
    declared = kernel.flops
    if declared is None or isinstance(declared, int):
        return None if declared is None else declared * int(operands[0].size)
    named = dict(zip(kernel.parameters, operands, strict=True))
    return int(declared(*[named[name] for name in inspect.signature(declared).parameters]))
