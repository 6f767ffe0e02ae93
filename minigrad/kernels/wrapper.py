"""What is the text of the function that unpacks slots and calls a kernel?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from . import native

if TYPE_CHECKING:
    from .kernel import Kernel


def wrapper(kernel: Kernel, name: str, dtype: np.dtype[Any]) -> str:
    """The text of the function that unpacks slots and calls the kernel."""
    lines = [
        f'"""Unpacks the operands of {kernel.name} for {dtype.name}. Safe to delete.\n',
        f'Compiled with {_sorted(kernel.options)}."""\n',
        "from numba import boolean, carray, cfunc, float32, float64, int64, uint32",
        "from minigrad.kernels.native import as_pointer, float_from_bits\n",
        '@cfunc("int64(CPointer(int64))", cache=True, error_model="numpy")',
        f"def {name}(slots):",
    ]
    position = 0
    for parameter, operand in zip(kernel.parameters, kernel.operands, strict=True):
        type_name = operand.dtype or dtype.name
        if operand.ndim == native.SCALAR:
            value = f"{type_name}(float_from_bits(slots[{position}]))"
            position += 1
        else:
            rank = abs(operand.ndim)
            shape = "".join(f"slots[{position + 1 + axis}], " for axis in range(rank))
            type_name = "boolean" if type_name == "bool" else type_name
            value = f"carray(as_pointer(slots[{position}]), ({shape}), {type_name})"
            position += 1 + rank
        lines.append(f"    {parameter} = {value}")
    call = f"body({', '.join(kernel.parameters)})"
    lines += [f"    return {call}"] if kernel.returns_status else [f"    {call}", "    return 0"]
    return "\n".join(lines) + "\n"


def _sorted(options: Mapping[str, Any]) -> list[Any]:
    """Options in an order that is the same in every process, since the file's name hangs on it."""
    return sorted((k, sorted(v) if isinstance(v, set) else v) for k, v in options.items())
