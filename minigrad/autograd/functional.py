"""Jacobians, Hessians, and their products with vectors, of functions of tensors.

Throughout, `func` takes tensors and returns one or a tuple, `inputs` are one or a tuple, and
results are tuples where those are. With `create_graph` results can be differentiated; with
`strict` it is an error if an output does not depend on an input, instead of a zero.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .. import functions, missing
from ..grad_mode import enable_grad
from ..launch import Array, empty, launch
from ..primitives.constants import zeros_like
from ..tensor import Tensor, tensor_of
from .derivatives import (
    MISSING,
    Tensors,
    given_back,
    gradient_of,
    outputs_of,
    pull,
    separate,
    tensors_of,
)
from .vector_products import hvp, jvp, vhp, vjp

__all__ = ["hessian", "hvp", "jacobian", "jvp", "vhp", "vjp"]

STRATEGIES = ("forward-mode", "reverse-mode")


@enable_grad()
def jacobian(
    func: Callable[..., Any],
    inputs: Any,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    strategy: str = "reverse-mode",
) -> Any:
    """All derivatives of outputs by inputs.

    Parameters
    ----------
    vectorize, strategy
        Accepted as PyTorch's; rows are computed one after the other all the same.

    Returns
    -------
    Tensor, or tuple of them
        For each output, and in that for each input, a tensor of the shape of both, one after the
        other.

    >>> import minigrad as torch
    >>> torch.autograd.functional.jacobian(lambda x: x * x, torch.tensor([1.0, 2.0]))
    tensor([[2., 0.],
            [0., 4.]])
    """
    _check_strategy(strategy, create_graph, strict, vectorize)
    is_tuple, given = tensors_of(inputs, "inputs", "jacobian")
    at = separate(given, create_graph)
    gives_tuple, outputs = outputs_of(func, at, "jacobian", strict)
    blocks = tuple(
        given_back(_rows(number, output, at, create_graph, strict), is_tuple, create_graph)
        for number, output in enumerate(outputs)
    )
    return blocks if gives_tuple else blocks[0]


def _rows(number: int, output: Tensor, at: Tensors, create_graph: bool, strict: bool) -> Tensors:
    """The derivatives of one output: for each element of it a walk backward."""
    rows: list[list[Tensor]] = [[] for _ in at]
    for position in range(output.numel()):
        found = pull((output,), at, (_unit(output, position),), create_graph)
        for row, gradient, each, which in zip(rows, found, at, range(len(at)), strict=True):
            if strict and gradient is None:
                kind = f"Output {number}"
                message = MISSING.replace("The {}", "{}").format(kind, "input", which)
                raise RuntimeError(message + "strict mode.")
            if strict and create_graph and gradient is not None and not gradient.requires_grad:
                message = MISSING.format("jacobian", "input", which)
                raise RuntimeError(message + "strict mode when create_graph=True.")
            row.append(zeros_like(each) if gradient is None else gradient)
    return tuple(
        functions.joining.stack(row).view((*output.shape, *each.shape))
        if row
        else tensor_of(empty((*output.array.shape, *each.array.shape), each.array.dtype))
        for row, each in zip(rows, at, strict=True)
    )


def _unit(like: Tensor, position: int) -> Tensor:
    """Zeros but for a 1 at a position."""
    array = empty(like.array.shape, like.array.dtype)
    launch(_write_unit, position, array)
    return tensor_of(array)


def _write_unit(position: int, out: Array) -> None:
    out.fill(0)
    out.reshape(-1)[position] = 1


def _check_strategy(strategy: str, create_graph: bool, strict: bool, vectorize: bool) -> None:
    if strategy not in STRATEGIES:
        raise AssertionError(
            'Expected strategy to be either "forward-mode" or "reverse-mode". Hint: If your '
            'function has more outputs than inputs, "forward-mode" tends to be more performant. '
            'Otherwise, prefer to use "reverse-mode".'
        )
    here = "minigrad.autograd.functional.jacobian:"
    if strategy == "forward-mode":
        for is_asked, option in ((create_graph, "create_graph"), (strict, "strict")):
            if is_asked:
                error = NotImplementedError if option == "create_graph" else RuntimeError
                raise error(
                    f'{here} `{option}=True` and `strategy="forward-mode"` are not supported '
                    f"together (yet). Please either set `{option}=False` or "
                    '`strategy="reverse-mode"`.'
                )
        if not vectorize:
            raise NotImplementedError(
                "Computing Jacobian using forward-AD or forward-over-reverse Hessian is"
                "only implemented for `vectorize=True`."
            )
    if strict and vectorize:
        raise RuntimeError(
            f"{here} `strict=True` and `vectorized=True` are not supported together. Please "
            "either set `strict=False` or `vectorize=False`."
        )


@enable_grad()
def hessian(
    func: Callable[..., Any],
    inputs: Any,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    outer_jacobian_strategy: str = "reverse-mode",
) -> Any:
    """All second derivatives of a function that gives one number.

    Returns
    -------
    Tensor, or tuple of tuples of them
        For each input, and in that for each input again, a tensor of the shape of both.

    >>> import minigrad as torch
    >>> torch.autograd.functional.hessian(lambda x: (x**3).sum(), torch.tensor([1.0, 2.0]))
    tensor([[ 6.,  0.],
            [ 0., 12.]])
    """
    is_tuple, given = tensors_of(inputs, "inputs", "hessian")
    if outer_jacobian_strategy not in STRATEGIES:
        raise AssertionError('Expected strategy to be either "forward-mode" or "reverse-mode".')

    def gradient(*at: Tensor) -> Tensors:
        return gradient_of(func, at, "hessian", strict)[1]

    blocks = jacobian(gradient, given, create_graph, strict, vectorize, outer_jacobian_strategy)
    return blocks if is_tuple else blocks[0][0]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        raise missing.attribute(__name__, name, __all__)
