"""What may be a group of parameters, and what does it look like when it is complete?"""

from __future__ import annotations

import warnings
from itertools import chain
from typing import Any

from ..tensor import Tensor


class _Required:
    """The value of a default that every group has to give itself."""

    def __repr__(self) -> str:
        return "<required parameter>"


required = _Required()


def completed(
    given: dict[str, Any], defaults: dict[str, Any], others: list[dict[str, Any]]
) -> dict[str, Any]:
    """A group with its parameters in a list and with the settings that it does not name itself.

    Parameters
    ----------
    others : the groups that the optimiser has already
    """
    if not isinstance(given, dict):
        raise TypeError(f"param_group must be a dict, but got {type(given)}")
    params, names = _listed(given["params"])
    for param in params:
        _require_optimizable(param, bool(defaults.get("differentiable")))
    for name, default in defaults.items():
        if default is required and name not in given:
            raise ValueError(
                f"parameter group didn't specify a value of required optimization parameter {name}"
            )
    if len(set(params)) < len(params):
        warnings.warn(
            "optimizer contains a parameter group with duplicate parameters; in future, this will "
            "cause an error",
            stacklevel=4,
        )
    named = bool(names) or "param_names" in given
    if any(named != ("param_names" in group) for group in others):
        raise ValueError(
            "all optimizer param groups should be with/without names. cannot add param group "
            f"{'with' if named else 'without'} names to the optimizer"
        )
    known = set(chain.from_iterable(group["params"] for group in others))
    if not known.isdisjoint(params):
        raise ValueError("some parameters appear in more than one parameter group")
    group = {**given, "params": params}
    if names:
        group["param_names"] = names
    return {**group, **{name: group.get(name, value) for name, value in defaults.items()}}


def _listed(params: Any) -> tuple[list[Any], list[str]]:
    """The parameters of a group, and their names if they have some."""
    if isinstance(params, Tensor):
        return [params], []
    if isinstance(params, set):
        raise TypeError(
            "optimizer parameters need to be organized in ordered collections, but the ordering "
            "of tensors in sets will change between runs. Please use a list instead."
        )
    given = list(params)
    names = [each[0] for each in given if isinstance(each, tuple)]
    if names and len(names) < len(given):
        raise ValueError(
            "all optimizer params should be with/without names. Some param names are missing"
        )
    return [each[1] if isinstance(each, tuple) else each for each in given], names


def _require_optimizable(param: object, differentiable: bool) -> None:
    if not isinstance(param, Tensor):
        raise TypeError(
            f"optimizer can only optimize Tensors, but one of the params is {type(param).__name__}"
        )
    if not (param.is_leaf or getattr(param, "retains_grad", False) or differentiable):
        raise ValueError("can't optimize a non-leaf Tensor")
