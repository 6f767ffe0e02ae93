"""Which arguments does `functional.layer_norm` refuse, in which order and in which words?"""

from __future__ import annotations

from typing import Any

from ..tensor import Tensor
from .arguments import real, require_floating, require_tensor
from .sizes import integers

Optional = Tensor | None


def are_usual(input: Tensor, row: object, weight: Optional, bias: Optional, eps: object) -> bool:
    """Say in few steps that nothing is wrong; False only means that `checked` must look."""
    if type(eps) is not float or type(row) is not tuple or not row:
        return False
    try:
        array = input.array
        dtype = array.dtype
        if dtype.kind != "f" or array.shape[-len(row) :] != row:
            return False
        for each in (weight, bias):
            if each is not None and (each.array.shape != row or each.array.dtype is not dtype):
                return False
    except AttributeError:  # of what is no tensor
        return False
    return True


def checked(
    input: Any, normalized_shape: Any, weight: Any, bias: Any, eps: Any
) -> tuple[tuple[int, ...], float]:
    """Give the shape of a row, and eps as a float, or raise PyTorch's error."""
    require_tensor(input, "layer_norm")
    row = integers(normalized_shape, "normalized_shape", "layer_norm")
    if not row:
        raise RuntimeError(
            "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least "
            "one element, but got normalized_shape = []"
        )
    given = {name: each for name, each in (("weight", weight), ("bias", bias)) if each is not None}
    for name, each in given.items():
        require_tensor(each, "layer_norm", name, 3 if name == "weight" else 4)
        if each.array.shape != row:
            raise RuntimeError(
                f"Expected {name} to be of same shape as normalized_shape, but got {name} of "
                f"shape {[*each.shape]} and normalized_shape = {[*row]}"
            )
    if input.array.shape[-len(row) :] != row:
        raise RuntimeError(
            f"Given normalized_shape={[*row]}, expected input with shape "
            f"[*, {', '.join(map(str, row))}], but got input of size{[*input.shape]}"
        )
    if any(each.dtype is not input.dtype for each in given.values()):
        raise RuntimeError(
            f"mixed dtype (CPU): expect parameter to have scalar type of {input.dtype.scalar_type}"
        )
    require_floating(input, "LayerNormKernelImpl")
    return row, real(eps, "layer_norm", "eps", 5)
