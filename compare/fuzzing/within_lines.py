"""What is rounded within a line, so that no variable shows it?

Losses of probabilities are given sigmoids of tensors. A last bit of these decides about much where
they are close to 1, or to a half, from which logarithms are taken that cancel. Close to 1 the
slope of the sigmoid, which is computed of its result, hangs on that bit as well. And 1 / (1 + e)
is 1 in PyTorch already where e is half an ulp of 1, of which a number below 1 has the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SIGMOID = re.compile(r"(?<=[( ])(\w+)\.sigmoid\(\)(?=[,)])")
MOVED = (
    r"(lambda p: (p.data.copy_(torch.where((\1 == 0) | (p == 0) | ("
    r"torch.exp(-\1.double()) < torch.finfo(p.dtype).eps / 8), p, "
    r"torch.nextafter(p, torch.full_like(p, {end})))), p)[1])(\1.sigmoid())"
)


def moved_within(lines: Sequence[str], end: float) -> list[str]:
    """A program whose sigmoids in arguments have another last bit, where they are rounded.

    Parameters
    ----------
    end : the number that these go towards
    """
    return [SIGMOID.sub(MOVED.format(end=end), line) for line in lines]
