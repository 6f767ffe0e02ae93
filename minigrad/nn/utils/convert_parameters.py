"""How do parameters become one vector, and how do they come back from it?"""

from __future__ import annotations

from collections.abc import Iterable

from minigrad.functions import joining
from minigrad.nn.members import type_name
from minigrad.tensor import Tensor


def parameters_to_vector(parameters: Iterable[Tensor]) -> Tensor:
    """Give the elements of all parameters, one after the other, in one dimension.

    Gradients flow from the vector to the parameters.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> nn.utils.parameters_to_vector([torch.tensor([[1.0, 2.0]]), torch.tensor([3.0])])
    tensor([1., 2., 3.])
    """
    return joining.cat([each.view(-1) for each in parameters])


def vector_to_parameters(vec: Tensor, parameters: Iterable[Tensor]) -> None:
    """Let parameters have the elements of a vector, whose memory they share afterwards.

    Parameters
    ----------
    vec : Tensor
        At least as many elements as the parameters have; further ones are left over.
    parameters : iterable of Tensor
        They stay the same objects, so that an optimiser goes on working. If the vector is too
        short, all of them are as they were before.

    Examples
    --------
    >>> import minigrad as torch
    >>> from minigrad import nn
    >>> w = torch.zeros(2, 1, requires_grad=True)
    >>> nn.utils.vector_to_parameters(torch.tensor([1.0, 2.0]), [w])
    >>> w
    tensor([[1.],
            [2.]], requires_grad=True)
    """
    if not isinstance(vec, Tensor):
        raise TypeError(f"expected minigrad.Tensor, but got: {type_name(vec)}")
    given, pieces, start = list(parameters), [], 0
    for each in given:
        piece = vec.detach()[start : start + each.numel()].view(each.shape)
        if each.requires_grad and not piece.is_floating_point():
            raise RuntimeError(
                "data set to a tensor that requires gradients must be floating point or complex "
                "dtype"
            )
        pieces.append(piece)
        start += each.numel()
    for each, piece in zip(given, pieces, strict=True):
        each.data = piece
