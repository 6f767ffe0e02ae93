"""The two products with a Jacobian J that `functional` is made of, and what may be asked of it.

`pull` is vᵀJ, one walk backward. `push` is J·v, which takes two: vᵀJ is linear in v, and the
derivative of uᵀJ by u, which is J, is pulled back from v. So no forward mode is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..primitives.constants import zeros_like
from ..tensor import Tensor
from .graph import grad

Tensors = tuple[Tensor, ...]
Found = Sequence[Tensor | None]

WITHOUT_GRADIENT = {
    "outputs": (
        "Output {} of the user-provided function does not require gradients. The outputs must be "
        "computed in a differentiable manner from the input when running in strict mode."
    ),
    "gradients": (
        "The gradient with respect to input {} is independent of the inputs of the user-provided "
        "function. This is not allowed in strict mode."
    ),
    "jacobian": (
        "While computing the hessian, found that the jacobian of the user-provided function with "
        "respect to input {} is independent of the input. This is not allowed in strict mode. You "
        "should ensure that your function is twice differentiable and that the jacobian depends "
        "on the inputs (this would be violated by a linear function for example)."
    ),
    "hessian": (
        "The hessian of the user-provided function with respect to input {} is independent of the "
        "input. This is not allowed in strict mode. You should ensure that your function is "
        "thrice differentiable and that the hessian depends on the inputs."
    ),
}
MISSING = "The {} of the user-provided function is independent of {} {}. This is not allowed in "


def tensors_of(value: Any, what: str, function: str) -> tuple[bool, Tensors]:
    """Whether a value is a tuple, and its tensors."""
    is_tuple = isinstance(value, tuple)
    found = value if is_tuple else (value,)
    for position, each in enumerate(found):
        if not isinstance(each, Tensor):
            which = f"value at index {position}" if is_tuple else f"given {what}"
            raise TypeError(
                f"The {what} given to {function} must be either a Tensor or a tuple of Tensors "
                f"but the {which} has type {type(each)}."
            )
    return is_tuple, found


def separate(tensors: Tensors, create_graph: bool, wanted: bool = True) -> Tensors:
    """Tensors to differentiate by: views of those given, or leaves if no graph leads there."""
    return tuple(
        each.view(each.shape)
        if create_graph and each.requires_grad
        else each.detach().requires_grad_(wanted)
        for each in tensors
    )


def outputs_of(
    func: Callable[..., Any], inputs: Tensors, function: str, strict: bool
) -> tuple[bool, Tensors]:
    """What the user's function gives: whether it is a tuple, and its tensors."""
    what = "outputs of the user-provided function"
    is_tuple, outputs = tensors_of(func(*inputs), what, function)
    if strict:
        check_dependent(outputs, "outputs")
    return is_tuple, outputs


def check_single(is_tuple: bool, outputs: Tensors, function: str) -> None:
    """Raise unless a function whose Hessian is wanted gave one number."""
    if is_tuple:
        raise RuntimeError(f"The function given to {function} should return a single Tensor")
    if outputs[0].numel() != 1:
        raise RuntimeError(
            f"The Tensor returned by the function given to {function} should contain a single "
            "element"
        )


def check_dependent(tensors: Found, kind: str) -> None:
    """Raise, in strict mode, if a tensor depends on nothing."""
    for position, each in enumerate(tensors):
        if each is None:
            message = MISSING.format("output", "input", position) + "strict mode."
            raise RuntimeError(message)
        if not each.requires_grad:
            raise RuntimeError(WITHOUT_GRADIENT[kind].format(position))


def vector(
    v: Any, like: Tensors, like_is_tuple: bool, create_graph: bool, function: str, of: str
) -> Tensors | None:
    """The vector of a product, checked against what it is to be multiplied with."""
    if v is None:
        if len(like) != 1 or like[0].numel() != 1:
            raise RuntimeError(
                f"The vector v can only be None if the {of} a single Tensor with a single element."
            )
        return None
    found = separate(tensors_of(v, "v", function)[1], create_graph, wanted=False)
    if len(found) != len(like):
        raise RuntimeError(
            f"v is a tuple of invalid length: should be {len(like)} but got {len(found)}."
            if like_is_tuple
            else "The given v should contain a single Tensor."
        )
    for position, (each, other) in enumerate(zip(found, like, strict=True)):
        if each.shape != other.shape:
            raise RuntimeError(
                f"{f'Entry {position} in ' if like_is_tuple else ''}v has invalid size: should be "
                f"{other.shape} but got {each.shape}."
            )
    return found


def pull(outputs: Found, inputs: Tensors, v: Tensors | None, create_graph: bool = False) -> Found:
    """vᵀJ: the gradients of the inputs. The graph stays."""
    starts = [None] * len(outputs) if v is None else v
    used = [
        (each, start)
        for each, start in zip(outputs, starts, strict=True)
        if each is not None and each.requires_grad
    ]
    if not used:
        return [None] * len(inputs)
    wanted = [each for each in inputs if each.requires_grad]
    given = [start for _, start in used]
    found = iter(
        grad([each for each, _ in used], wanted, given, True, create_graph, allow_unused=True)
    )
    return [next(found) if each.requires_grad else None for each in inputs]


def push(
    outputs: Found, inputs: Tensors, v: Tensors | None, create_graph: bool, strict: bool = False
) -> Found:
    """J·v: the derivatives of the outputs along v."""
    known = [each for each in outputs if each is not None]
    u = tuple(zeros_like(each).requires_grad_() for each in known)
    pulled = pull(known, inputs, u, create_graph=True)
    if strict:
        check_dependent(pulled, "gradients")
    return pull(pulled, u, v, create_graph)


def filled(
    gradients: Found,
    like: Tensors,
    strict: bool,
    create_graph: bool,
    kind: str = "output",
    part: str = "input",
) -> Tensors:
    """Gradients with zeros for those missing; in strict mode that is an error."""
    found = []
    for position, (gradient, other) in enumerate(zip(gradients, like, strict=True)):
        if strict and gradient is None:
            raise RuntimeError(MISSING.format(kind, part, position) + "strict mode.")
        if strict and create_graph and gradient is not None and not gradient.requires_grad:
            order = "jacobian" if kind in ("output", "gradient") else "hessian"
            raise RuntimeError(
                MISSING.format(order, "input", position) + "strict mode when create_graph=True."
            )
        found.append(zeros_like(other) if gradient is None else gradient)
    return tuple(found)


def given_back(tensors: Tensors, is_tuple: bool, create_graph: bool) -> Any:
    """Tensors as the user is to have them: without a graph that was not asked for."""
    found = tensors if create_graph else tuple(each.detach() for each in tensors)
    return found if is_tuple else found[0]


def gradient_of(
    func: Callable[..., Any], at: Tensors, function: str, strict: bool
) -> tuple[Tensor, Tensors]:
    """The one number that a function gives, and its gradient, which can be differentiated."""
    is_tuple, outputs = outputs_of(func, at, function, strict)
    check_single(is_tuple, outputs, function)
    pulled = pull(outputs, at, None, create_graph=True)
    gradients = filled(pulled, at, strict and function != "hessian", False)
    if strict:  # where for a Hessian a gradient that is missing is one that depends on nothing
        check_dependent(gradients, "jacobian")
    return outputs[0], gradients
