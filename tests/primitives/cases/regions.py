"""Of regions of memory: function, shapes of its operands, their elements."""

import numpy as np

from minigrad.primitives import regions

from .operands import ANY

BASE = np.zeros((2, 3)).T  # (3, 2), not contiguous
CORNER = regions.region_of(BASE[1:, ::-1], BASE)  # (2, 2)
REPEATED = regions.region_of(np.broadcast_to(BASE[0], (2, 2)), BASE)

CASES = {
    "TakeRegion": (
        lambda x: regions.take_region(x, region=REPEATED) * regions.take_region(x, region=CORNER),
        [((3, 2),)], [ANY],
    ),
    "AddRegion": (
        lambda x: regions.add_region(x, region=REPEATED) ** 2, [((2, 2),)], [ANY],
    ),
    "PutRegion": (
        lambda base, value: regions.put_region(base * base, value, region=CORNER) ** 2,
        [((3, 2), (2, 2)), ((3, 2), (2, 1)), ((3, 2), ())], [ANY, ANY],
    ),
}  # fmt: skip
