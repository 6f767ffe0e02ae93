"""What are the largest, the smallest and the next number of a dtype?"""

from __future__ import annotations

from typing import Any

import numpy as np

from . import dtypes
from .functions.sizes import NOT_GIVEN


class finfo:  # noqa: N801 (the name is PyTorch's)
    """Numbers about a floating-point dtype, by default float32.

    >>> import minigrad as torch
    >>> torch.finfo(torch.float64).eps
    2.220446049250313e-16
    """

    def __init__(self, type: Any = NOT_GIVEN) -> None:
        given = dtypes.get_default_dtype() if type is NOT_GIVEN else type
        chosen = dtypes.as_dtype(given, "finfo", "type")
        if not chosen.is_floating_point:
            raise TypeError(
                "minigrad.finfo() requires a floating point input type. Use minigrad.iinfo to "
                "handle 'minigrad.finfo'"
            )
        known: Any = np.finfo(chosen.numpy)
        self.dtype, self.bits = chosen.name, int(known.bits)
        self.min, self.max, self.eps = float(known.min), float(known.max), float(known.eps)
        self.tiny = self.smallest_normal = float(known.tiny)
        self.resolution = float(f"{float(known.resolution):g}")

    def __repr__(self) -> str:
        return (
            f"finfo(resolution={self.resolution:g}, min={self.min:g}, max={self.max:g}, "
            f"eps={self.eps:g}, smallest_normal={self.tiny:g}, tiny={self.tiny:g}, "
            f"dtype={self.dtype})"
        )


class iinfo:  # noqa: N801 (the name is PyTorch's)
    """The smallest and the largest integer of a dtype.

    >>> import minigrad as torch
    >>> torch.iinfo(torch.int64).max
    9223372036854775807
    """

    def __init__(self, type: Any) -> None:
        chosen = dtypes.as_dtype(type, "iinfo", "type")
        if chosen.is_floating_point:
            raise TypeError(
                "minigrad.iinfo() requires an integer input type. Use minigrad.finfo to handle "
                "'minigrad.iinfo'"
            )
        if chosen is dtypes.bool:
            raise TypeError("minigrad.bool is not supported by minigrad.iinfo")
        known = np.iinfo(chosen.numpy)
        self.dtype, self.bits = chosen.name, int(known.bits)
        self.min, self.max = int(known.min), int(known.max)

    def __repr__(self) -> str:
        return f"iinfo(min={self.min:g}, max={self.max:g}, dtype={self.dtype})"
