"""What is an optimiser's kernel given? Parameters, gradients and state, all of one shape."""

from __future__ import annotations

from typing import Any, NoReturn

from ..arrays import copy
from ..kernels.kernel import Array
from ..launch import observer
from ..tensor import Tensor


def with_gradients(group: dict[str, Any]) -> tuple[list[Tensor], list[Array], list[Array]]:
    """A group's parameters that have a gradient, their arrays, and those, as kernels need them."""
    watching = observer()
    if watching is not None:
        watching.reading_gradients(group["params"])
    params: list[Tensor] = []
    arrays: list[Array] = []
    grads: list[Array] = []
    known = None
    for param in group["params"]:
        gradient = param._grad
        if gradient is None:
            continue
        array, grad = param.array, gradient.array
        if grad.shape != array.shape:
            raise_shapes(param, gradient)
        if grad.dtype is not known:
            known = grad.dtype
            if known.kind != "f":
                raise RuntimeError(f"optimizers change floating point tensors, got {param.dtype}")
        params.append(param)
        arrays.append(array)
        grads.append(grad if grad.flags.carray else copy(grad))
    if params:
        check_capturable(group)
    return params, arrays, grads


def check_capturable(group: dict[str, Any]) -> None:
    """Raise if a step is to be captured in a graph of a GPU."""
    if group.get("capturable") and not group.get("fused"):
        raise AssertionError(
            "If capturable=True, params and state_steps must be on supported devices: "
            "minigrad has only the device 'cpu'."
        )


def raise_shapes(param: Tensor, other: Tensor) -> NoReturn:
    """A parameter's gradient or state has not its shape, on which kernels rely."""
    raise RuntimeError(
        f"a parameter of shape {list(param.shape)} has a gradient or state of shape "
        f"{list(other.shape)}, which does not fit"
    )


def raise_count(count: object) -> NoReturn:
    """A script has put a count of steps into the state that no kernel can change."""
    raise RuntimeError(
        "API has changed, `state_steps` argument must contain a list of singleton tensors: the "
        f"state has {count!r} as 'step', where a tensor is expected"
    )


def check_dtypes(
    group: dict[str, Any],
    state: dict[Any, dict[str, Any]],
    names: tuple[str, ...],
    interpolates: bool,
) -> None:
    """Raise if what is so named in a parameter's state has a dtype that no step is made in.

    A parameter that was converted after its state was made has another, which only some take.
    """
    for param in group["params"]:
        own = state.get(param, {})
        for name in names:
            kept = own.get(name)
            if not isinstance(kept, Tensor):
                continue
            counts = name == "step"
            if kept.array.dtype.kind == "b" or not (counts or kept.is_floating_point()):
                result = "Long" if counts else param.dtype.scalar_type
                raise RuntimeError(
                    f"result type {result} can't be cast to the desired output type "
                    f"{kept.dtype.scalar_type}, of '{name}'"
                )
            if interpolates and not counts and kept.dtype != param.dtype:
                raise RuntimeError(
                    f"expected state of dtype {param.dtype}, like its parameter's, but '{name}' "
                    f"is of {kept.dtype}: load_state_dict(state_dict()) converts it"
                )


def check_shape(param: Tensor, name: str, kept: object) -> None:
    """Raise if state that is being loaded has not its parameter's shape."""
    if not isinstance(kept, Tensor):
        raise ValueError(
            f"loaded state dict has {kept!r} as '{name}', where a tensor of shape "
            f"{list(param.shape)} is expected"
        )
    if kept.array.shape != param.array.shape:
        raise ValueError(
            f"loaded state dict has a '{name}' of shape {list(kept.shape)} for a parameter of "
            f"shape {list(param.shape)}"
        )
