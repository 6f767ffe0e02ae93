"""New tensors of zeros, of ones, of any one value, of nothing in particular; of a size or like
another tensor.

All take the options `dtype` (by default the default dtype), `device`, `layout`, `pin_memory` and
`requires_grad` by name; those like another tensor also `memory_format`. Of these, what there is
no choice in is accepted at its default.
"""

from __future__ import annotations

from typing import Any, Unpack

import numpy as np

from .. import arrays, dtypes, layouts
from ..functions.arguments import number, require_tensor
from ..functions.filling import filling
from ..functions.sizes import NOT_GIVEN, is_size, require_int64
from ..launch import empty as empty_array, launch
from ..memory_order import order_of
from ..tensor import Array, Number, Tensor
from .arguments import Options, sizes as sizes_of, wanted as checked


def zeros(*sizes: Any, size: Any = NOT_GIVEN, **options: Unpack[Options]) -> Tensor:
    """Zeros of a size, given as integers or as one tuple.

    >>> import minigrad as torch
    >>> torch.zeros(2, 3)
    tensor([[0., 0., 0.],
            [0., 0., 0.]])
    """
    return _of_size("zeros", sizes, size, options, 0)


def ones(*sizes: Any, size: Any = NOT_GIVEN, **options: Unpack[Options]) -> Tensor:
    """Ones of a size, given as integers or as one tuple.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.ones(2, 3)
    tensor([[1., 1., 1.],
            [1., 1., 1.]])
    """
    return _of_size("ones", sizes, size, options, 1)


def empty(*sizes: Any, size: Any = NOT_GIVEN, **options: Unpack[Options]) -> Tensor:
    """Memory for a tensor, with whatever values are there.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.empty(2, 3).shape
    minigrad.Size([2, 3])
    """
    return _of_size("empty", sizes, size, options, None)


def _of_size(
    function: str, sizes: tuple[Any, ...], size: Any, options: Options, value: Number | None
) -> Tensor:
    wanted = checked(function, options)
    shape = sizes_of(function, sizes, size)
    return wanted.finished(_filled(shape, wanted.dtype or dtypes.get_default_dtype(), value))


def _filled(shape: tuple[int, ...], dtype: dtypes.dtype, value: Number | None) -> Array:
    if value is None:
        return empty_array(shape, dtype.numpy)
    return arrays.full(shape, dtype.numpy, value)


def full(size: Any, fill_value: Any, **options: Unpack[Options]) -> Tensor:
    """One value everywhere; the dtype is the value's unless given.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.full((3,), 7)
    tensor([7, 7, 7])
    """
    wanted = checked("full", options)
    if not isinstance(size, (tuple, list)):
        raise TypeError(
            "full(): argument 'size' (position 1) must be tuple of ints, "
            f"not {type(size).__name__}"
        )
    shape = sizes_of("full", (size,), NOT_GIVEN)
    value = number(fill_value, "full", "fill_value", 2)
    dtype = wanted.dtype or dtypes.of_python_number(value)
    return wanted.finished(arrays.full(shape, dtype.numpy, filling(value, dtype, "fill_value")))


def eye(n: int, m: int = NOT_GIVEN, **options: Unpack[Options]) -> Tensor:
    """Ones on the diagonal of an (n, m) matrix, zeros elsewhere; m is n unless given.

    >>> import minigrad as torch
    >>> torch.eye(2)
    tensor([[1., 0.],
            [0., 1.]])
    """
    wanted = checked("eye", options)
    columns = n if m is NOT_GIVEN else m
    for position, (name, value) in enumerate((("n", n), ("m", columns)), 1):
        if not is_size(value):
            raise TypeError(
                f"eye(): argument '{name}' (position {position}) must be int, "
                f"not {type(value).__name__}"
            )
    for name, value in (("n", n), ("m", columns)):
        if require_int64(int(value)) < 0:
            raise RuntimeError(f"{name} must be greater or equal to 0, got {value}")
    dtype = wanted.dtype or dtypes.get_default_dtype()
    out = empty_array((int(n), int(columns)), dtype.numpy)
    launch(_diagonal, out)
    return wanted.finished(out)


def _diagonal(out: Array) -> None:
    out[...] = 0
    np.fill_diagonal(out, 1)


def zeros_like(input: Tensor, **options: Unpack[Options]) -> Tensor:
    """Zeros of another tensor's shape and dtype.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.zeros_like(torch.tensor([3, 4]), dtype=torch.bool)
    tensor([False, False])
    """
    return like("zeros_like", input, options, 0)


def ones_like(input: Tensor, **options: Unpack[Options]) -> Tensor:
    """Ones of another tensor's shape and dtype.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.ones_like(torch.tensor([3, 4]))
    tensor([1, 1])
    """
    return like("ones_like", input, options, 1)


def empty_like(input: Tensor, **options: Unpack[Options]) -> Tensor:
    """Memory for a tensor of another one's shape and dtype.

    Examples
    --------
    >>> import minigrad as torch
    >>> transposed = torch.zeros(2, 3).t()
    >>> torch.empty_like(transposed).stride()  # in memory as the other one
    (1, 3)
    """
    return like("empty_like", input, options, None)


def full_like(input: Tensor, fill_value: Any, **options: Unpack[Options]) -> Tensor:
    """One value everywhere in a tensor of another one's shape and dtype.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.full_like(torch.tensor([1, 2]), 2.7)  # in the dtype of the other
    tensor([2, 2])
    """
    return like("full_like", input, options, number(fill_value, "full_like", "fill_value", 2))


def like(function: str, source: Tensor, options: Options, value: Number | None) -> Tensor:
    """A tensor of another one's shape, whose axes lie in memory in the same order."""
    require_tensor(source, function)
    wanted = checked(function, options)
    dtype = wanted.dtype or source.dtype
    array = source.array
    axes = list(range(array.ndim))
    if options.get("memory_format") is not layouts.contiguous_format:
        axes = order_of(array)
    shape = tuple(array.shape[axis] for axis in axes)
    made = _filled(shape, dtype, value if value is None else filling(value, dtype, "fill_value"))
    in_order = axes == sorted(axes)
    return wanted.finished(made if in_order else made.transpose(np.argsort(axes).tolist()))
