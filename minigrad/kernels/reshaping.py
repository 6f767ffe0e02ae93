"""How does a kernel see a contiguous array under another shape?

`array.reshape(shape)` in compiled code brings Numba's error for shapes that do not fit, and with
its text all that Numba knows about strings: a fifth of what there is to compile in cross entropy.
Kernels know that their shapes fit. (Assigning one slice to another brings the same.)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import overload

from .native import as_pointer


def with_shape(array: np.ndarray[Any, Any], shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    """The elements of a C-contiguous array as an array of so many in another shape.

    Compiled, it does not keep the array's memory: that must be an operand's, or scratch.
    """
    return array.reshape(shape)


@overload(with_shape)  # type: ignore[untyped-decorator]
def _compiled_with_shape(array: Any, shape: Any) -> Callable[..., Any]:
    def native(array: Any, shape: Any) -> Any:
        return carray(as_pointer(array.ctypes.data), shape, array.dtype)

    return native
