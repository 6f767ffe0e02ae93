"""Products of matrices, and of whatever `matmul` is given."""

from __future__ import annotations

import math
import warnings
from typing import Any

from ..broadcast import broadcast_shape
from ..dtypes import NAMES_IN_C, result_type
from ..primitives import products, views
from ..tensor import Number, Tensor
from .arguments import number, require_tensor
from .expansion import expand
from .filling import filling
from .promotion import in_dtype, require_kind
from .shape import reshape, unsqueeze
from .vector_products import dot, mv, refuse_product_of_bools, require_one_dtype


def matmul(input: Tensor, other: Tensor) -> Tensor:
    """The product of vectors, matrices, or batches of matrices that broadcast.

    A first vector counts as a row, a second one as a column; that dimension is then removed.

    >>> import minigrad as torch
    >>> torch.matmul(torch.ones(5, 2, 3), torch.ones(3, 4)).shape
    minigrad.Size([5, 2, 4])
    """
    require_tensor(input, "matmul")
    require_tensor(other, "matmul", "other", 2)
    left, right = input.array.ndim, other.array.ndim
    if left == 0 or right == 0:
        raise RuntimeError(
            f"both arguments to matmul need to be at least 1D, but they are {left}D and {right}D"
        )
    if left <= 2 and right <= 2:
        if right == 2:
            return mm(input, other) if left == 2 else _row_by(input, other)
        return mv(input, other) if left == 2 else dot(input, other)
    if right <= 2:
        return _folded(input, other)
    if left == 1:
        require_one_dtype(other, input)
        product = _batches(unsqueeze(input, 0), other)
        shape = (*product.array.shape[:-2], product.array.shape[-1])
        return views.reshape_own(product, shape, "UnsafeViewBackward0")
    return _batches(input, other)


def _row_by(vector: Tensor, matrix: Tensor) -> Tensor:
    product = mm(unsqueeze(vector, 0), matrix)
    return views.reshape_own(product, matrix.array.shape[1:], "SqueezeBackward4")


def _folded(batch: Tensor, other: Tensor) -> Tensor:
    """Matrices times one matrix or vector: all their rows at once."""
    *rows, n = batch.array.shape
    flat = reshape(batch, (math.prod(rows), n))
    product = mm(flat, other) if other.array.ndim == 2 else mv(flat, other)
    shape = (*rows, *other.array.shape[1:])
    return views.reshape_own(product, shape, "UnsafeViewBackward0")


def _batches(a: Tensor, b: Tensor, named: str = "UnsafeViewBackward0") -> Tensor:
    batch = broadcast_shape(a.array.shape[:-2], b.array.shape[:-2])
    k = a.array.shape[-1]
    if k != b.array.shape[-2]:
        count = math.prod(batch)
        raise RuntimeError(_expected_sizes([count, k], [count, b.array.shape[-2]]))
    refuse_product_of_bools(a, b, "bmm")
    if a.array.dtype != b.array.dtype:
        if _is_one_for_all(a, b) or _is_one_for_all(b, a):
            _check_dtypes(a, b)
        if math.prod(batch) * a.array.shape[-2] * k * b.array.shape[-1]:
            raise RuntimeError(
                f"expected scalar type {a.dtype.scalar_type} but found {b.dtype.scalar_type}"
            )
        a = in_dtype(a, b.dtype, "bmm")  # nothing is multiplied, so nothing is lost
    return products.matmul(a, b, named=named)


def _is_one_for_all(x: Tensor, batch: Tensor) -> bool:
    """Whether PyTorch takes the batch that a matrix is multiplied with as one matrix itself."""
    if not x.requires_grad:
        return False
    own, other = x.array.shape, batch.array.shape
    return len(own) == 2 or (len(own) == len(other) == 3 and own[0] == 1 != other[0])


def _expected_sizes(expected: list[int], found: list[int]) -> str:
    return (
        f"Expected size for first two dimensions of batch2 tensor to be: {expected} "
        f"but got: {found}."
    )


def mm(input: Tensor, mat2: Tensor) -> Tensor:
    """The product of matrices (n, k) and (k, m).

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.mm(torch.tensor([[1, 2], [3, 4]]), torch.tensor([[1], [10]]))
    tensor([[21],
            [43]])
    """
    require_tensor(input, "mm")
    require_tensor(mat2, "mm", "mat2", 2)
    for name, operand in (("self", input), ("mat2", mat2)):
        if operand.array.ndim != 2:
            raise RuntimeError(f"{name} must be a matrix")
    _check_matrices(input, mat2)
    refuse_product_of_bools(input, mat2, "addmm_impl_cpu_")
    return products.matmul(input, mat2)


def _check_matrices(a: Tensor, b: Tensor) -> None:
    if a.array.shape[1] != b.array.shape[0]:
        shapes = "x".join(map(str, a.shape)), "x".join(map(str, b.shape))
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({shapes[0]} and {shapes[1]})"
        )
    _check_dtypes(a, b)


def _check_dtypes(a: Tensor, b: Tensor) -> None:
    if a.array.dtype != b.array.dtype:
        names = [NAMES_IN_C[each.array.dtype.char] for each in (a, b)]
        raise RuntimeError(
            f"expected m1 and m2 to have the same dtype, but got: {names[0]} != {names[1]}"
        )


def bmm(input: Tensor, mat2: Tensor) -> Tensor:
    """The products of as many matrices: (batch, n, k) and (batch, k, m).

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.bmm(torch.ones(5, 2, 3), torch.ones(5, 3, 4)).shape
    minigrad.Size([5, 2, 4])
    """
    require_tensor(input, "bmm")
    require_tensor(mat2, "bmm", "mat2", 2)
    for name, operand in (("batch1", input), ("batch2", mat2)):
        if operand.array.ndim != 3:
            raise RuntimeError(f"{name} must be a 3D tensor")
    expected = [input.array.shape[0], input.array.shape[2]]
    if list(mat2.array.shape[:2]) != expected:
        raise RuntimeError(_expected_sizes(expected, list(mat2.array.shape[:2])))
    return _batches(input, mat2, "BmmBackward0")


def addmm(
    input: Tensor, mat1: Tensor, mat2: Tensor, *last: Any, beta: Number = 1, alpha: Number = 1
) -> Tensor:
    """beta · input + alpha · mat1 @ mat2; with beta 0 the input may even be NaN.

    The factors may stand in front by position, `addmm(beta, input, alpha, mat1, mat2)`, which is
    deprecated.

    Examples
    --------
    >>> import minigrad as torch
    >>> x, nothing = torch.ones(2, 2), torch.full((2,), torch.nan)
    >>> torch.addmm(torch.tensor([1.0, 2.0]), x, x, alpha=10)
    tensor([[21., 22.],
            [21., 22.]])
    >>> torch.addmm(nothing, x, x, beta=0)
    tensor([[2., 2.],
            [2., 2.]])
    """
    if last:
        given = input, mat2, *last
        input, (mat1, mat2, beta, alpha) = mat1, in_former_order(given, beta, alpha)
    for position, (name, operand) in enumerate(
        (("input", input), ("mat1", mat1), ("mat2", mat2)), 1
    ):
        require_tensor(operand, "addmm", name, position)
        if position > 1 and operand.array.ndim != 2:
            raise RuntimeError(f"{name} must be a matrix, got {operand.array.ndim}-D tensor")
    if input.array.dtype != mat2.array.dtype:
        raise RuntimeError(
            "self and mat2 must have the same dtype, but got "
            f"{input.dtype.scalar_type} and {mat2.dtype.scalar_type}"
        )
    _check_matrices(mat1, mat2)
    shape = mat1.array.shape[0], mat2.array.shape[1]
    expand(input, shape)  # or else say why it cannot be
    refuse_product_of_bools(mat1, mat2, "addmm_impl_cpu_")
    beta = number(beta, "addmm", "beta", 4)
    if beta != 0 and math.prod(shape) and not mat1.array.size:  # then it is beta · input alone
        require_kind(input.dtype, result_type(input, beta))
    beta = filling(beta, input.dtype, "beta")
    alpha = filling(number(alpha, "addmm", "alpha", 5), input.dtype, "alpha")
    return products.addmm(input, mat1, mat2, beta=beta, alpha=alpha)


def in_former_order(
    given: tuple[Any, ...], beta: Number, alpha: Number
) -> tuple[Tensor, Tensor, Number, Number]:
    """Matrices and factors of `addmm` where all are by position: beta, alpha if any, matrices."""
    if len(given) > 4 or beta != 1 or alpha != 1:
        raise TypeError(
            "addmm(): give 'input', 'mat1' and 'mat2', and 'beta' and 'alpha' by name; got "
            f"{1 + len(given)} arguments by position"
        )
    warnings.warn(
        "addmm(beta, input, alpha, mat1, mat2) is deprecated: write addmm(input, mat1, mat2, "
        "beta=beta, alpha=alpha)",
        stacklevel=4,
    )
    beta, *factors, mat1, mat2 = given
    factor = number(factors[0], "addmm", "alpha", 3) if factors else 1
    return mat1, mat2, number(beta, "addmm", "beta", 1), factor
