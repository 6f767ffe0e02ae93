"""Public functions on tensors: they check and convert arguments, then call a primitive."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from . import arrays, dtypes, primitives, views
from .broadcast import broadcast_shape
from .launch import empty, launch
from .tensor import Number, Operand, Tensor

Shape = tuple[int, ...]


def as_tensor_of(value: Operand, dtype: dtypes.dtype) -> Tensor:
    """A tensor of the dtype: a Python number becomes a tensor without dimensions."""
    if isinstance(value, Tensor):
        return value if value.array.dtype == dtype.numpy else convert(value, dtype)
    return Tensor(arrays.full((), dtype.numpy, value))


def _promoted(a: Operand, b: Operand) -> tuple[Tensor, Tensor]:
    a = a.item() if isinstance(a, np.generic) else a
    b = b.item() if isinstance(b, np.generic) else b
    for operand in (a, b):
        if not isinstance(operand, (Tensor, builtins.bool, int, float)):
            raise TypeError(
                f"unsupported operand type: expected a Tensor or a number, got {type(operand)!r}"
            )
    if isinstance(a, Tensor) and isinstance(b, Tensor) and a.array.dtype == b.array.dtype:
        return a, b
    dtype = dtypes.result_type(a, b)
    return as_tensor_of(a, dtype), as_tensor_of(b, dtype)


def add(a: Operand, b: Operand) -> Tensor:
    return primitives.add(*_promoted(a, b))


def subtract(a: Operand, b: Operand, named: str | None = None) -> Tensor:
    x, y = _promoted(a, b)
    if x.array.dtype.kind == "b":
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` "
            "or `logical_xor()` operator instead."
        )
    return primitives.subtract(x, y, named=named)


def multiply(a: Operand, b: Operand) -> Tensor:
    return primitives.multiply(*_promoted(a, b))


def divide(a: Operand, b: Operand) -> Tensor:
    """a / b; integers give float32."""
    x, y = _promoted(a, b)
    return primitives.divide(_floating(x), _floating(y))


def _floating(x: Tensor) -> Tensor:
    return x if x.array.dtype.kind == "f" else convert(x, dtypes.float32)


def negative(x: Tensor) -> Tensor:
    if x.array.dtype.kind == "b":
        raise RuntimeError(
            "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to "
            "invert a mask, use the `~` or `logical_not()` operator instead."
        )
    return primitives.negative(x)


def power(x: Tensor, exponent: Number) -> Tensor:
    if x.array.dtype.kind != "f" and isinstance(exponent, float):
        x = convert(x, dtypes.float32)
    if x.array.dtype.kind == "i" and exponent < 0:
        raise RuntimeError("Integers to negative integer powers are not allowed.")
    return primitives.power(x, exponent=exponent)


def exp(x: Tensor) -> Tensor:
    return primitives.exp(_floating(x))


def log(x: Tensor) -> Tensor:
    return primitives.log(_floating(x))


def sqrt(x: Tensor) -> Tensor:
    return primitives.sqrt(_floating(x))


def absolute(x: Tensor) -> Tensor:
    return primitives.absolute(x)


def where(condition: Tensor, x: Operand, y: Operand) -> Tensor:
    """x where the condition holds, elsewhere y."""
    if condition.array.dtype.kind != "b":
        raise RuntimeError(
            f"where expected condition to be a boolean tensor, but got a tensor with dtype "
            f"{condition.dtype.scalar_type}"
        )
    return primitives.where(*_promoted(x, y), watched=[condition], condition=condition.array)


def compare(function: Callable[..., Any], a: Tensor, b: Any) -> Any:
    """One of NumPy's comparisons, elementwise: a tensor of bool."""
    if not isinstance(b, (Tensor, builtins.bool, int, float, np.generic)):
        return NotImplemented
    x, y = _promoted(a, b.item() if isinstance(b, np.generic) else b)
    out = empty(broadcast_shape(x.array.shape, y.array.shape), np.bool_)
    launch(function, x.array, y.array, out)
    return Tensor(out)


def matmul(a: Tensor, b: Tensor) -> Tensor:
    """The product of matrices and vectors (one or two dimensions each)."""
    for name, operand in (("input", a), ("other", b)):
        if operand.array.ndim not in (1, 2):
            raise RuntimeError(
                f"matmul: {name} must have 1 or 2 dimensions, got shape {list(operand.shape)}"
            )
    if a.array.dtype != b.array.dtype:
        raise RuntimeError(
            f"expected m1 and m2 to have the same dtype, but got: {a.dtype.scalar_type.lower()} "
            f"!= {b.dtype.scalar_type.lower()}"
        )
    left = a if a.array.ndim == 2 else unsqueeze(a, 0)
    right = b if b.array.ndim == 2 else unsqueeze(b, 1)
    if left.array.shape[1] != right.array.shape[0]:
        shapes = "x".join(map(str, left.shape)), "x".join(map(str, right.shape))
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({shapes[0]} and {shapes[1]})"
        )
    rows = a.array.shape[:1] if a.array.ndim == 2 else ()
    columns = b.array.shape[1:] if b.array.ndim == 2 else ()
    return reshape(primitives.matmul(left, right), (*rows, *columns))


def _axis(x: Tensor, dim: int, extra: int = 0) -> int:
    """A dimension as a position from the left."""
    ndim = max(x.array.ndim + extra, 1)
    if not -ndim <= dim < ndim:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-ndim}, {ndim - 1}], "
            f"but got {dim})"
        )
    return dim % ndim


def _axes(x: Tensor, dim: int | Sequence[int] | None) -> Shape:
    if dim is None or (not isinstance(dim, int) and len(dim) == 0):
        return tuple(range(x.array.ndim))
    if isinstance(dim, int):
        return (_axis(x, dim),) if x.array.ndim else ()
    axes = tuple(_axis(x, each) for each in dim)
    for axis in axes:
        if axes.count(axis) > 1:
            raise RuntimeError(f"dim {axis} appears multiple times in the list of dims")
    return axes


def sum(x: Tensor, dim: int | Sequence[int] | None = None, keepdim: bool = False) -> Tensor:
    """The sum over dimensions, all of them by default."""
    named = None if dim is None else "SumBackward1"
    return primitives.sum(x, named=named, axes=_axes(x, dim), keepdim=keepdim)


def mean(x: Tensor, dim: int | Sequence[int] | None = None, keepdim: bool = False) -> Tensor:
    """The mean over dimensions, all of them by default; NaN if there is nothing to average."""
    if x.array.dtype.kind != "f":
        raise RuntimeError(
            "mean(): could not infer output dtype. Input dtype must be either a floating point "
            f"or complex dtype. Got: {x.dtype.scalar_type}"
        )
    named = None if dim is None else "MeanBackward1"
    return primitives.mean(x, named=named, axes=_axes(x, dim), keepdim=keepdim)


def clone(x: Tensor) -> Tensor:
    return primitives.clone(x)


def convert(x: Tensor, dtype: dtypes.dtype) -> Tensor:
    """The same values in another dtype."""
    if not isinstance(dtype, dtypes.dtype):
        raise TypeError(f"dtype must be a minigrad.dtype such as minigrad.float32, got {dtype!r}")
    return primitives.convert(x, dtype=dtype)


def _inferred(x: Tensor, shape: Shape) -> Shape:
    """A shape with -1 filled in."""
    known = int(np.prod([size for size in shape if size != -1], dtype=np.int64))
    unknown = [position for position, size in enumerate(shape) if size == -1]
    divides = known != 0 and x.array.size % known == 0
    if len(unknown) == 1 and divides:
        position = unknown[0]
        return (*shape[:position], x.array.size // known, *shape[position + 1 :])
    if unknown or known != x.array.size:
        raise RuntimeError(f"shape '{list(shape)}' is invalid for input of size {x.array.size}")
    return shape


def reshape(x: Tensor, shape: Shape) -> Tensor:
    """The same elements under another shape: a view where strides allow, else a copy."""
    if x.array.shape == shape:
        return x
    wanted = _inferred(x, shape)
    if not np.may_share_memory(x.array.reshape(wanted), x.array) and x.array.size:
        x = clone(x)
    return views.reshape(x, shape=wanted)


def view(x: Tensor, shape: Shape) -> Tensor:
    """The same memory under another shape, or an error."""
    wanted = _inferred(x, shape)
    if not np.may_share_memory(x.array.reshape(wanted), x.array) and x.array.size:
        raise RuntimeError(
            "view size is not compatible with input tensor's size and stride (at least one "
            "dimension spans across two contiguous subspaces). Use .reshape(...) instead."
        )
    return views.reshape(x, shape=wanted)


def permute(x: Tensor, dims: Shape) -> Tensor:
    """The dimensions in another order."""
    axes = tuple(_axis(x, dim) for dim in dims)
    if sorted(axes) != list(range(x.array.ndim)):
        raise RuntimeError(
            f"permute(sparse_coo): number of dimensions in the tensor input does not match the "
            f"length of the desired ordering of dimensions i.e. input.dim() = {x.array.ndim} is "
            f"not equal to len(dims) = {len(dims)}"
            if len(axes) != x.array.ndim
            else "permute(): duplicate dims are not allowed."
        )
    return views.permute(x, dims=axes)


def transpose(x: Tensor, dim0: int, dim1: int) -> Tensor:
    """Two dimensions exchanged."""
    dims = list(range(x.array.ndim))
    first, second = _axis(x, dim0), _axis(x, dim1)
    if dims:
        dims[first], dims[second] = dims[second], dims[first]
    return views.permute(x, named="TransposeBackward0", dims=tuple(dims))


def t(x: Tensor) -> Tensor:
    """A matrix transposed; with fewer dimensions there is nothing to do."""
    return views.permute(x, named="TBackward0", dims=tuple(reversed(range(x.array.ndim))))


def unsqueeze(x: Tensor, dim: int) -> Tensor:
    """A dimension of size 1 added at `dim`."""
    axis = _axis(x, dim, extra=1)
    return views.slice_(x, named="UnsqueezeBackward0", key=(*[slice(None)] * axis, None))


def squeeze(x: Tensor, dim: int | None = None) -> Tensor:
    """Without dimensions of size 1: all of them, or the one at `dim`."""
    chosen = _axes(x, dim)
    removed = tuple(axis for axis in chosen if x.array.shape[axis] == 1)
    shape = tuple(n for axis, n in enumerate(x.array.shape) if axis not in removed)
    named = "SqueezeBackward0" if dim is None else "SqueezeBackward1"
    return views.reshape(x, named=named, shape=shape)


def expand(x: Tensor, sizes: Shape) -> Tensor:
    """Broadcast to a shape without copying; -1 keeps a dimension's size."""
    added = len(sizes) - x.array.ndim
    shape = tuple(
        x.array.shape[axis - added] if size == -1 and axis >= added else size
        for axis, size in enumerate(sizes)
    )
    try:
        np.broadcast_shapes(x.array.shape, shape)
        compatible = added >= 0 and np.broadcast_to(x.array, shape) is not None
    except ValueError:
        compatible = False
    if not compatible:
        raise RuntimeError(
            f"expand(minigrad.{x.dtype.scalar_type}Tensor{{{list(x.shape)}}}, size={list(sizes)}):"
            " the sizes do not broadcast"
        )
    return views.expand(x, shape=shape)


def index(x: Tensor, key: Any) -> Tensor:
    """x[key]."""
    parts = key if isinstance(key, tuple) else (key,)
    tensors = [part for part in parts if isinstance(part, Tensor)]
    plain = tuple(part.array if isinstance(part, Tensor) else part for part in parts)
    arrays_at = [k for k, part in enumerate(plain) if isinstance(part, (list, np.ndarray))]
    between = parts[arrays_at[0] : arrays_at[-1]] if arrays_at else ()
    integers = any(isinstance(part, int) for part in parts)
    if arrays_at and (integers or any(isinstance(part, slice) for part in between)):
        raise IndexError(
            f"index {key!r}: integers, slices and tensors mixed like this are not supported; "
            "index in steps"
        )
    if any(isinstance(part, slice) and (part.step or 1) <= 0 for part in parts):
        raise ValueError("step must be greater than zero")
    try:
        return views.pick(x, plain, tensors)
    except IndexError as error:
        if tensors:  # what a replay would say too, which does not come by here
            raise
        raise IndexError(f"index {key!r} for a tensor of shape {list(x.shape)}: {error}") from None
