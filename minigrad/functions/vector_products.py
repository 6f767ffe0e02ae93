"""Products of vectors, with each other and with a matrix."""

from __future__ import annotations

from ..autograd import edge_to
from ..primitives import products, views
from ..saved import watch
from ..tensor import Tensor
from .arguments import refuse_bool, require_tensor
from .arithmetic import multiply
from .shape import unsqueeze


def refuse_product_of_bools(x: Tensor, other: Tensor, kernel: str) -> None:
    """Raise if bools are to be multiplied; where there are none, PyTorch does not ask."""
    if x.array.size and other.array.size:
        refuse_bool(x, kernel)


def require_one_dtype(matrix: Tensor, vec: Tensor) -> None:
    """Raise unless a matrix, or a batch of them, has the dtype of the vector beside it."""
    if matrix.array.dtype != vec.array.dtype:
        found = vec.dtype.scalar_type
        raise RuntimeError(
            "addmv input tensors must have the same dtype, but got "
            f"{found}, {matrix.dtype.scalar_type}, and {found}"
        )


def _as_matrix(vector: Tensor, dim: int) -> Tensor:
    """A row or a column, without a place in the graph if the vector has none."""
    matrix = unsqueeze(vector, dim)
    if matrix._node is not None and edge_to(vector) is None:
        matrix._node = None
    return matrix


def _product(first: Tensor, second: Tensor, *vectors: tuple[int, Tensor]) -> Tensor:
    """The product of two matrices, whose gradients look at vectors behind them.

    Their views as matrices keep a history that a vector may lose, by `detach_`. A vector comes
    after the number of the matrix whose gradient looks at it.
    """
    product = products.matmul(first, second)
    if product._node is not None:
        edges = product._node.edges
        watch(product, *(vector for number, vector in vectors if edges[number] is not None))
    return product


def mv(input: Tensor, vec: Tensor) -> Tensor:
    """The product of a matrix (n, k) and a vector (k,).

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.mv(torch.tensor([[1, 2], [3, 4]]), torch.tensor([1, 10]))
    tensor([21, 43])
    """
    require_tensor(input, "mv")
    require_tensor(vec, "mv", "vec", 2)
    if not input.array.ndim:
        raise IndexError("Dimension specified as 0 but tensor has no dimensions")
    if input.array.ndim != 2 or vec.array.ndim != 1:
        raise RuntimeError(
            f"vector + matrix @ vector expected, got 1, {input.array.ndim}, {vec.array.ndim}"
        )
    n, k = input.array.shape
    if vec.array.shape != (k,):
        raise RuntimeError(
            f"size mismatch, got input ({n}), mat ({n}x{k}), vec ({vec.array.shape[0]})"
        )
    require_one_dtype(input, vec)
    refuse_product_of_bools(input, vec, "addmv_impl_cpu")
    product = _product(input, _as_matrix(vec, 1), (0, vec))
    return views.reshape_own(product, (n,), "MvBackward0")


def dot(input: Tensor, tensor: Tensor) -> Tensor:
    """The sum of the products of two vectors' elements.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.dot(torch.tensor([1, 2]), torch.tensor([10, 100]))
    tensor(210)
    """
    require_tensor(input, "dot")
    require_tensor(tensor, "dot", "tensor", 2)
    if input.array.ndim != 1 or tensor.array.ndim != 1:
        raise RuntimeError(
            f"1D tensors expected, but got {input.array.ndim}D and {tensor.array.ndim}D tensors"
        )
    if input.array.dtype != tensor.array.dtype:
        raise RuntimeError(
            "dot : expected both vectors to have same dtype, but found "
            f"{input.dtype.scalar_type} and {tensor.dtype.scalar_type}"
        )
    n, m = input.array.size, tensor.array.size
    if n != m:
        raise RuntimeError(
            f"inconsistent tensor size, expected tensor [{n}] and src [{m}] to have the same "
            f"number of elements, but got {n} and {m} elements respectively"
        )
    refuse_bool(input, "dot")
    product = _product(_as_matrix(input, 0), _as_matrix(tensor, 1), (0, tensor), (1, input))
    return views.reshape_own(product, (), "DotBackward0")


def outer(input: Tensor, vec2: Tensor) -> Tensor:
    """All products of an element of one vector and one of another: (n, m).

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.outer(torch.tensor([1, 2]), torch.tensor([1, 10, 100]))
    tensor([[  1,  10, 100],
            [  2,  20, 200]])
    """
    require_tensor(input, "outer")
    require_tensor(vec2, "outer", "vec2", 2)
    for name, operand in (("self", input), ("vec2", vec2)):
        if operand.array.ndim != 1:
            raise RuntimeError(
                f"outer: Expected 1-D argument {name}, but got {operand.array.ndim}-D"
            )
    return multiply(unsqueeze(input, 1), vec2)
