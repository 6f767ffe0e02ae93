"""How does an optimiser take over what `state_dict` gave, here or in PyTorch?

Everything is read and checked before anything is changed. Settings are copied; tensors of the
state are shared with the dictionary, so that two optimisers may work on one state.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import dtypes, structure
from ..tensor import Tensor, tensor_of
from .state import empty_state

if TYPE_CHECKING:
    from .optimizer import Optimizer


def load(optimizer: Optimizer, state_dict: dict[str, Any]) -> None:
    """Give an optimiser the state and the settings in a dictionary."""
    state_dict = state_dict.copy()
    for hook in tuple(optimizer._load_state_dict_pre_hooks.values()):
        replaced = hook(optimizer, state_dict)
        state_dict = state_dict if replaced is None else replaced
    groups = list(_groups(optimizer, state_dict["param_groups"]))
    group_of: dict[Any, dict[str, Any]] = {}
    param_of: dict[Any, Tensor] = {}
    for group, saved in zip(groups, state_dict["param_groups"], strict=True):
        optimizer._check_group(group)
        for key, param in zip(saved["params"], group["params"], strict=True):
            group_of[key], param_of[key] = group, param
    state = empty_state()
    for key, kept in state_dict["state"].items():
        if key not in param_of:
            state[key] = kept  # not of a parameter, so only a derived class knows what it is
            continue
        param = param_of[key]
        state[param] = adopted_state(kept, param)
        optimizer._check_state(group_of[key], param, state[param])
    for old, new in zip(optimizer.param_groups, groups, strict=True):
        old.clear()
        old.update(new)
    optimizer.__setstate__({"state": state, "param_groups": optimizer.param_groups})
    structure.bump()
    for hook in tuple(optimizer._load_state_dict_post_hooks.values()):
        hook(optimizer)


def _groups(optimizer: Optimizer, saved: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Saved groups with the optimiser's own parameters, which must be as many."""
    if len(optimizer.param_groups) != len(saved):
        raise ValueError("loaded state dict has a different number of parameter groups")
    copies: dict[int, Tensor] = {}  # groups that share a learning rate go on sharing it
    for group, loaded in zip(optimizer.param_groups, saved, strict=True):
        if len(group["params"]) != len(loaded["params"]):
            raise ValueError(
                "loaded state dict contains a parameter group that doesn't match the size of "
                "optimizer's group"
            )
        settings = _copied_settings({**loaded, "params": None}, copies)
        if "param_names" in group:
            settings.setdefault("param_names", group["param_names"])
        settings["params"] = group["params"]
        yield settings


def _copied_settings(value: Any, copies: dict[int, Tensor]) -> Any:
    """A deep copy, with tensors of any library as tensors; of one tensor there is one copy."""
    if is_array(value):
        return copies.setdefault(id(value), as_tensor(value))
    if isinstance(value, dict):
        return {key: _copied_settings(each, copies) for key, each in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_copied_settings(each, copies) for each in value)
    return deepcopy(value)


def adopted_state(value: Any, param: Tensor, name: str = "") -> Any:
    """State with tensors in the parameter's dtype, those that are in it already themselves.

    A count of steps keeps its own dtype.
    """
    if is_array(value):
        counts = name == "step" or not param.is_floating_point()
        dtype = None if counts else param.array.dtype
        return value if _is_usable(value, dtype) else as_tensor(value, dtype)
    if isinstance(value, dict):
        return {key: adopted_state(each, param, key) for key, each in value.items()}
    if type(value) in (list, tuple):
        return type(value)(adopted_state(each, param) for each in value)
    return value


def _is_usable(value: Any, dtype: Any) -> bool:
    """Whether kernels can work on state as it is."""
    if not isinstance(value, Tensor) or not value.array.flags.c_contiguous:
        return False
    return dtype is None or value.array.dtype == dtype


def is_array(value: object) -> bool:
    """Whether a value is a tensor, of this library or of PyTorch, or a NumPy array."""
    return isinstance(value, (Tensor, np.ndarray)) or (
        hasattr(value, "__array__") and hasattr(value, "detach")
    )


def as_tensor(value: Any, dtype: Any = None) -> Tensor:
    """A tensor with the elements of a tensor or an array, in memory of its own."""
    if isinstance(value, Tensor):
        array = value.array
    else:
        array = value.detach().cpu().numpy() if hasattr(value, "detach") else value
    return tensor_of(dtypes.canonical(np.array(array, dtype, order="C")))
