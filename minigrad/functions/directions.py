"""Vectors as directions: scaled to length 1, and the cosine of the angle between two."""

from __future__ import annotations

from ..broadcast import broadcast_shape
from ..dtypes import promote_types
from ..grad_mode import no_grad
from ..tensor import Number, Tensor
from .arguments import number, real, require_method, require_tensor
from .arithmetic import div, mul
from .clamping import clamp_min
from .conversion import clone
from .expansion import expand
from .inplace import changed
from .norms import norm
from .promotion import as_tensor_of
from .reductions import sum
from .sizes import integer


def normalize(
    input: Tensor, p: float = 2.0, dim: int | tuple[int, ...] = 1, eps: float = 1e-12
) -> Tensor:
    """Divide vectors by their norms, and those whose norm is less than `eps` by that.

    Parameters
    ----------
    input : Tensor
        Of floating point.
    p : float
        Which norm: (Σ |x|ᵖ)^(1/p).
    dim : int or tuple of ints
        The dimension that a vector lies along.
    eps : float
        What a norm counts as at least.

    Examples
    --------
    >>> import minigrad as torch
    >>> torch.nn.functional.normalize(torch.tensor([[3.0, 4.0], [0.0, 0.0]]))
    tensor([[0.6000, 0.8000],
            [0.0000, 0.0000]])
    """
    require_method(input, "norm")
    lengths = clamp_min(norm(input, p, dim, keepdim=True), number(eps, "normalize", "eps", 4))
    return div(input, expand(lengths, input.array.shape))


def cosine_similarity(x1: Tensor, x2: Tensor, dim: int = 1, eps: float = 1e-8) -> Tensor:
    """The cosine of the angle between two vectors; their lengths count as at least `eps`.

    Parameters
    ----------
    x1, x2 : Tensor
        Of a common floating-point dtype; they broadcast.
    dim : int
        The dimension that a vector lies along.
    eps : float
        What a length counts as at least; for its gradient it counts as what it is.

    Examples
    --------
    >>> import minigrad as torch
    >>> x = torch.tensor([[1.0, 0.0], [1.0, 1.0]])
    >>> torch.nn.functional.cosine_similarity(x, torch.tensor([[2.0, 0.0], [0.0, 3.0]]))
    tensor([1.0000, 0.7071])
    """
    require_tensor(x1, "cosine_similarity", "x1", 1)
    require_tensor(x2, "cosine_similarity", "x2", 2)
    dim = integer(dim, "dim", "cosine_similarity")
    eps = real(eps, "cosine_similarity", "eps", 4)
    if not eps >= 0:
        raise RuntimeError(f"eps must be non-negative, got: {eps:g}")
    dtype = promote_types(x1.dtype, x2.dtype)  # also of one without dimensions, as in PyTorch
    if not dtype.is_floating_point:
        raise RuntimeError(
            f"expected common dtype to be floating point, yet common dtype is {dtype.scalar_type}"
        )
    shape = broadcast_shape(x1.array.shape, x2.array.shape)
    x1, x2 = (expand(as_tensor_of(each, dtype), shape) for each in (x1, x2))
    lengths = [_at_least(clone(norm(each, 2, dim, keepdim=True)), eps) for each in (x1, x2)]
    return sum(mul(div(x1, lengths[0]), div(x2, lengths[1])), dim)


def _at_least(lengths: Tensor, eps: Number) -> Tensor:
    """Change lengths below `eps`, and not where their gradient goes."""
    with no_grad():
        return changed(lengths, clamp_min, eps)
