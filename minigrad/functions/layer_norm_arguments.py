"""Which arguments does `functional.layer_norm` refuse, in which order and in which words?"""

from __future__ import annotations

from typing import Any

from ..dtypes import float32
from ..tensor import Tensor
from .arguments import real, require_floating, require_tensor
from .sizes import integers

Optional = Tensor | None


def are_usual(input: Tensor, row: object, weight: Optional, bias: Optional, eps: object) -> bool:
    """Say in few steps that nothing is wrong; False only means that `checked` must look."""
    if type(eps) is not float or type(row) is not tuple or {*map(type, row)} != {int}:
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
    row = integers(normalized_shape, "normalized_shape", "layer_norm", position=2)
    given = {name: each for name, each in (("weight", weight), ("bias", bias)) if each is not None}
    for name, each in given.items():
        require_tensor(each, "layer_norm", name, 3 if name == "weight" else 4)
    eps = real(eps, "layer_norm", "eps", 5)
    if not row:
        raise RuntimeError(
            "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least "
            "one element, but got normalized_shape = []"
        )
    for name, each in given.items():
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
    _require_one_dtype(input, [*given.values()])
    return row, eps


def _require_one_dtype(input: Tensor, given: list[Tensor]) -> None:
    """The first that is given decides whether PyTorch takes the rest for parameters of float32."""
    if given and given[0].dtype is not input.dtype:
        are_float32 = all(each.dtype is float32 for each in given)
        wanted = "expect parameter to have scalar type of Float"
        wanted = "all inputs must share same datatype." if are_float32 else wanted
        raise RuntimeError(f"mixed dtype (CPU): {wanted}")
    require_floating(input, "LayerNormKernelImpl")
    if given and given[-1].dtype is not input.dtype:
        raise RuntimeError(
            f"expected scalar type {input.dtype.scalar_type} but found "
            f"{given[-1].dtype.scalar_type}"
        )
