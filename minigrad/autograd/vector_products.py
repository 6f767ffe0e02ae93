"""Products of vectors with Jacobians and Hessians, which `functional` offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..grad_mode import enable_grad
from .derivatives import (
    filled,
    given_back,
    gradient_of,
    outputs_of,
    pull,
    push,
    separate,
    tensors_of,
    vector,
)

INPUT = "input to the user-provided function is"
OUTPUT = "user-provided function returns"


@enable_grad()
def vjp(
    func: Callable[..., Any],
    inputs: Any,
    v: Any = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Any, Any]:
    """The outputs, and vᵀJ: the product of a vector with the Jacobian.

    Parameters
    ----------
    v : Tensor or tuple of Tensor
        Of the outputs' shapes; not needed where the output is one number.

    >>> import minigrad as torch
    >>> torch.autograd.functional.vjp(lambda x: x * x, torch.tensor([1.0, 2.0]), torch.ones(2))
    (tensor([1., 4.]), tensor([2., 4.]))
    """
    is_tuple, given = tensors_of(inputs, "inputs", "vjp")
    at = separate(given, create_graph)
    gives_tuple, outputs = outputs_of(func, at, "vjp", strict)
    along = vector(v, outputs, gives_tuple, create_graph, "vjp", OUTPUT)
    products = filled(pull(outputs, at, along, create_graph), at, strict, create_graph)
    return (
        given_back(outputs, gives_tuple, create_graph),
        given_back(products, is_tuple, create_graph),
    )


@enable_grad()
def jvp(
    func: Callable[..., Any],
    inputs: Any,
    v: Any = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Any, Any]:
    """The outputs, and J·v: the product of the Jacobian with a vector.

    Parameters
    ----------
    v : Tensor or tuple of Tensor
        Of the inputs' shapes; not needed where the input is one number.

    >>> import minigrad as torch
    >>> torch.autograd.functional.jvp(lambda x: x.sum(), torch.ones(2), torch.tensor([1.0, 2.0]))
    (tensor(2.), tensor(3.))
    """
    is_tuple, given = tensors_of(inputs, "inputs", "jvp")
    at = separate(given, create_graph)
    along = vector(v, given, is_tuple, create_graph, "jvp", INPUT)
    gives_tuple, outputs = outputs_of(func, at, "jvp", strict)
    found = push(outputs, at, along, create_graph, strict)
    products = filled(found, outputs, strict, create_graph, "gradient", "entry")
    return (
        given_back(outputs, gives_tuple, create_graph),
        given_back(products, gives_tuple, create_graph),
    )


@enable_grad()
def vhp(
    func: Callable[..., Any],
    inputs: Any,
    v: Any = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Any, Any]:
    """The output, one number, and vᵀH: the product of a vector with the Hessian.

    >>> import minigrad as torch
    >>> torch.autograd.functional.vhp(lambda x: (x**3).sum(), torch.ones(2), torch.ones(2))
    (tensor(2.), tensor([6., 6.]))
    """
    is_tuple, given = tensors_of(inputs, "inputs", "vhp")
    at = separate(given, create_graph)
    along = vector(v, given, is_tuple, create_graph, "vhp", INPUT)
    output, gradients = gradient_of(func, at, "vhp", strict)
    found = pull(gradients, at, along, create_graph)
    products = filled(found, at, strict, create_graph, "jacobian")
    return (
        given_back((output,), False, create_graph),
        given_back(products, is_tuple, create_graph),
    )


@enable_grad()
def hvp(
    func: Callable[..., Any],
    inputs: Any,
    v: Any = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Any, Any]:
    """The output, one number, and H·v: the product of the Hessian with a vector.

    The Hessian is symmetric, so `vhp` gives the same with one walk less.

    >>> import minigrad as torch
    >>> torch.autograd.functional.hvp(lambda x: (x**3).sum(), torch.ones(2), torch.ones(2))
    (tensor(2.), tensor([6., 6.]))
    """
    is_tuple, given = tensors_of(inputs, "inputs", "hvp")
    at = separate(given, create_graph)
    along = vector(v, given, is_tuple, create_graph, "hvp", INPUT)
    output, gradients = gradient_of(func, at, "hvp", strict)
    found = push(gradients, at, along, create_graph, strict)
    products = filled(found, at, strict, create_graph, "hessian", "entry")
    return (
        given_back((output,), False, create_graph),
        given_back(products, is_tuple, create_graph),
    )
