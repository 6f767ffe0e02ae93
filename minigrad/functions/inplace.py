"""Changes of a tensor in place: an operation's result becomes its values and its history.

What the gradient needs is kept as PyTorch keeps it: the operand's values in a copy, since they are
about to go, and a result as the target itself, which must not change again before backward.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .. import arrays
from ..autograd import Node
from ..dtypes import NAMES_IN_C, as_dtype, dtype as DType, of_python_number, result_type
from ..fused import FusedNode
from ..grad_mode import mode
from ..inference import check_change
from ..launch import launch
from ..primitives import copies
from ..primitives.primitive import PrimitiveNode
from ..saved import watched
from ..tensor import Array, Tensor, tensor_of
from . import addition, arithmetic, products, reductions
from .arguments import require_history, require_tensor
from .conversion import clone, convert
from .expansion import expand
from .filling import filling, plain
from .masking import masked_fill
from .promotion import as_operand, require_kind
from .rewriting import (
    OVERLAP,
    check,
    check_memory,
    check_overlap,
    coincide,
    repeats_memory,
    rewrite,
    warn_of_repeats,
)

SAVING_NOTHING = (addition.add, addition.sub, addition.subtract, arithmetic.neg)


def changed(
    target: Tensor, function: Callable[..., Tensor], *operands: Any, **arguments: Any
) -> Tensor:
    """Give `target` the values and the history of `function(target, *operands)`."""
    sources = [each for each in operands if isinstance(each, Tensor)]
    tracked = any([each.requires_grad for each in sources])
    check(target, tracked)
    if function is not products.addmm:  # which is there before it is written
        for each in sources:
            check_overlap(target.array, each.array)
    tracked = mode.grad_enabled and (tracked or target.requires_grad)
    before = _before(target) if tracked and function not in SAVING_NOTHING else target
    return _written(target, function(before, *operands, **arguments))


def changed_bits(target: Tensor, function: Callable[..., Tensor], other: Any) -> Tensor:
    """The same for a function of bits, of which PyTorch first asks where its result would go."""
    operand = as_operand(other, function.__name__, "other", 2)
    require_kind(target.dtype, result_type(target, operand))
    return changed(target, function, other)


def changed_to_truth(target: Tensor, function: Callable[..., Tensor], *operands: Any) -> Tensor:
    """Give `target` the truth values of a logical function as its numbers, and no other history.

    PyTorch does not differentiate these: they may change whatever may change without a graph.
    """
    check_change(target)
    check_memory(target.array)
    truth = function(target, *operands)
    for each in operands:
        check_overlap(target.array, each.array)
    _require_shape(target, truth)
    launch(arrays.assign, truth.array, target.array)
    target._bump_version()
    return target


def changed_to_comparison(target: Tensor, function: Callable[..., Tensor], other: Any) -> Tensor:
    """Give `target` the truth values of a comparison as its numbers; all gradients are 0 then."""
    with_tensor = isinstance(other, Tensor)
    check(target, with_tensor and other.requires_grad)
    if with_tensor:
        require_history(other)  # before anything is written
        check_overlap(target.array, other.array)
    truth = function(target, other)
    _require_shape(target, truth)
    followed = with_tensor and other.requires_grad and target.array.dtype.kind == "f"
    source = _in_form_of(target, other) if followed else target
    launch(arrays.assign, truth.array, target.array)
    values = target.detach()
    if followed:
        values = copies.overwrite(source, values)
    return _changed_to(target, values, f"{function.__name__.capitalize()}Backward{with_tensor:d}")


def scattered(
    target: Tensor,
    function: Callable[..., Tensor],
    dim: int,
    index: Any,
    *given: Any,
    **named: Any,
) -> Tensor:
    """`changed` for elements put at an index; neither may be what is written, not even exactly."""
    sources = [each for each in (index, *given, *named.values()) if isinstance(each, Tensor)]
    check(target, any([each.requires_grad for each in sources]))
    for each in sources:
        if each is target:
            raise RuntimeError(OVERLAP)
        check_overlap(target.array, each.array, whole_too=True)
    return changed(target, function, dim, index, *given, **named)


def cumsum_(target: Tensor, dim: int, dtype: DType | None = None) -> Tensor:
    """Write partial sums; what they are made of and what they are must be of one dtype."""
    check(target)
    wanted = target.dtype if dtype is None else as_dtype(dtype, "cumsum_")
    if wanted is not target.dtype:
        raise RuntimeError(
            f"Bad in-place call: input tensor dtype {NAMES_IN_C[target.array.dtype.char]} and "
            f"output tensor dtype {NAMES_IN_C[wanted.numpy.char]} should match"
        )
    return changed(target, reductions.cumsum, dim, dtype=wanted)


def changed_to_triangle(target: Tensor, function: Callable[..., Tensor], diagonal: int) -> Tensor:
    """Write zeros beside a triangle; of memory that repeats too, where one zero is enough.

    But not of matrices in several dimensions that PyTorch has to copy for it.
    """
    if not repeats_memory(target.array):
        return changed(target, function, diagonal)
    check(target, repeats=target.array.ndim < 4 or _is_batch_of_matrices(target))
    triangle = function(_before(target), diagonal)
    stays = function(
        tensor_of(arrays.full(target.array.shape, np.dtype(np.bool_), True)), diagonal
    )
    launch(_overwrite_where, triangle.array, np.logical_not(stays.array), target.array)
    target._bump_version()
    rewrite(target, triangle)
    return target


def _is_batch_of_matrices(x: Tensor) -> bool:
    """Whether matrices follow each other in memory; the first dimension may repeat them."""
    sizes, strides = x.array.shape, x.stride()
    expected = sizes[-1] * sizes[-2]
    for axis in range(len(sizes) - 3, -1, -1):
        if axis == 0 and (strides[0] == 0 or sizes[0] == 1):
            continue
        if strides[axis] != expected:
            return False
        expected *= sizes[axis]
    return True


def _require_shape(target: Tensor, result: Tensor) -> None:
    """Raise unless a result has the target's shape."""
    if result.array.shape != target.array.shape:
        raise RuntimeError(
            f"output with shape {list(target.shape)} doesn't match the broadcast shape "
            f"{list(result.shape)}"
        )


def _before(target: Tensor) -> Tensor:
    """The target as it is before it changes: its values in other memory, in its graph."""
    copied = tensor_of(arrays.copy(target.array))
    copied._node, copied._requires_grad = target._with_history()._node, target._requires_grad
    return copied


def update(target: Tensor, result: Tensor) -> Tensor:
    """Give `target` the values and the history of `result`, computed from it."""
    check(target, result._requires_grad)
    return _written(target, result)


def _written(target: Tensor, result: Tensor) -> Tensor:
    """The same once it is known that the target may change."""
    _require_shape(target, result)
    if result.array.dtype is not target.array.dtype:
        require_kind(target.dtype, result.dtype)
    node = result._node
    if node is not None and result.array.dtype != target.array.dtype:
        result = copies.convert(result, named=node.name(), dtype=target.dtype)
    launch(arrays.assign, result.array, target.array)
    target._bump_version()
    rewrite(target, result)
    _keep_as_result(target, node)
    return target


def _keep_as_result(target: Tensor, node: Node | None) -> None:
    """Let a node that needs its result look at the target: so a later change is noticed.

    In a wider dtype it keeps the numbers that it has.
    """
    if isinstance(node, PrimitiveNode) and node.saved_out is not None:
        if node.saved_out[0].dtype is target.dtype:
            node.saved_out = watched(target.detach())
        else:
            node.watched.append(watched(target.detach()))
    elif isinstance(node, FusedNode) and node.operation.saves_out:
        out = target.detach()
        node.tensors, node.watched = (out,), [watched(out)]


def copy_(target: Tensor, source: Any) -> Tensor:
    """Copy values, broadcast and converted to the target's dtype; gradients flow to the source."""
    source = plain(source)
    if isinstance(source, (bool, int, float)):
        # As a tensor: it need not be a number that the target's dtype has; a float keeps 64 bits.
        wide = isinstance(source, float) or source >= 2**63
        dtype = np.float64 if wide else of_python_number(source).numpy
        source = tensor_of(arrays.full((), dtype, source))
    require_tensor(source, "copy_", "other")
    followed = target.array.dtype.kind == "f"
    if followed:
        require_history(source)
    itself = source.dtype is target.dtype and coincide(source.array, target.array)
    check(target, followed and source.requires_grad, repeats=itself)
    check_overlap(target.array, source.array)
    return _overwritten(target, source, "minigrad::autograd::CopyBackwards")


def _overwritten(target: Tensor, source: Tensor, named: str) -> Tensor:
    """The target with a source's values, broadcast and converted, and as much of its history."""
    values = _in_form_of(target, source)
    launch(arrays.assign, values.array, target.array)
    return _changed_to(target, values, named)


def _in_form_of(target: Tensor, source: Tensor) -> Tensor:
    converted = source if source.dtype is target.dtype else convert(source, target.dtype)
    same = converted.array.shape == target.array.shape
    return converted if same else expand(converted, target.array.shape)


def _changed_to(target: Tensor, values: Tensor, named: str) -> Tensor:
    """The target, whose memory has these values, with their history."""
    result = values
    if mode.grad_enabled and (target.requires_grad or values._requires_grad):
        result = copies.overwrite(target, values, named=named)
    target._bump_version()  # not before: a view would be asked what its base has now
    rewrite(target, result)
    return target


def masked_fill_(target: Tensor, mask: Tensor, value: Any) -> Tensor:
    """Write one value where a mask holds; one of the target's own elements is read before."""
    if isinstance(value, Tensor):
        require_history(value)
        value = clone(value if target.array.dtype.kind == "f" else value.detach())
    if not repeats_memory(target.array):
        return changed(target, masked_fill, mask, value)
    warn_of_repeats("masked_fill_", "mask] = scalar", depth=2)
    check(target, isinstance(value, Tensor) and value.requires_grad, repeats=True)
    filled = masked_fill(_before(target), mask, value)
    _require_shape(target, filled)
    launch(_overwrite_where, filled.array, mask.array, target.array)
    target._bump_version()
    rewrite(target, filled)
    return target


def _overwrite_where(values: Array, mask: Array, out: Array) -> None:
    np.copyto(out, values, where=mask)


def fill_(target: Tensor, value: Any, named: str = "FillBackward2") -> Tensor:
    """Write one value everywhere: a number, or a tensor without dimensions."""
    if isinstance(value, Tensor):
        require_history(value)
        if value.array.ndim:
            raise RuntimeError(
                "fill_ only supports 0-dimension value tensor but got tensor with "
                f"{value.array.ndim} dimensions."
            )
        check(target, value.requires_grad)
        return _overwritten(target, value, "FillBackward3")
    number = filling(value, target.dtype, "fill_(): argument 'value' (position 1)")
    check(target, repeats=True)
    if target.array.flags.carray and target.array.dtype.kind == "f":
        launch(arrays.fill, target.array, float(number))
    else:
        launch(arrays.assign, number, target.array)
    return replaced(target, named)


def replaced(target: Tensor, named: str, source: Tensor | None = None) -> Tensor:
    """The target after its values were replaced by constants: gradients end there, in zeros.

    So do those of a source of the same shape, by which the constants were drawn.
    """
    values = target.detach()
    if source is not None:
        values = copies.overwrite(source, values)
    return _changed_to(target, values, named)
