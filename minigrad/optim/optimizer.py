"""What all optimisers share: groups of parameters with their settings, state, zero_grad."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, NoReturn

import numpy as np

from .. import structure
from ..arrays import copy
from ..grad_mode import enable_grad, no_grad
from ..kernel import Array
from ..launch import at_each_run, observer, one_line
from ..tensor import Tensor

ParamsT = Iterable[Tensor] | Iterable[dict[str, Any]] | Iterable[tuple[str, Tensor]]


class Optimizer:
    """Base of all optimisers. A subclass gives `check`, `numbers` and `update`.

    Parameters
    ----------
    params : iterable of Tensor, or of dicts, each a group of its own
        A group is a dict with the key "params" and settings that differ from the defaults.
    defaults : settings of groups that do not name them
    """

    def __init__(self, params: ParamsT, defaults: dict[str, Any]) -> None:
        if isinstance(params, Tensor):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or "
                f"dicts, but got {params.type()}"
            )
        self.defaults = defaults
        self.state: defaultdict[Tensor, dict[str, Tensor]] = defaultdict(dict)
        self.param_groups: list[dict[str, Any]] = []
        self._settings: list[Array] = []  # of each group, in memory that kernels read
        self._seen: list[tuple[Any, ...]] = []
        listed = list(params)
        if not listed:
            raise ValueError("optimizer got an empty parameter list")
        groups = listed if isinstance(listed[0], dict) else [{"params": listed}]
        for group in groups:
            self.add_param_group(group)  # type: ignore[arg-type]

    def __repr__(self) -> str:
        lines = [f"{type(self).__name__} ("]
        for position, group in enumerate(self.param_groups):
            lines.append(f"Parameter Group {position}")
            lines += [f"    {key}: {group[key]}" for key in sorted(group) if key != "params"]
        return "\n".join([*lines, ")"])

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Optimise more parameters, with settings of their own."""
        if not isinstance(param_group, dict):
            raise TypeError(f"param_group must be a dict, but got {type(param_group)}")
        params = param_group["params"]
        listed = [params] if isinstance(params, Tensor) else list(params)
        for param in listed:
            if not isinstance(param, Tensor):
                raise TypeError(
                    "optimizer can only optimize Tensors, but one of the params is "
                    f"{type(param).__name__}"
                )
            if not param.is_floating_point():
                raise ValueError(
                    f"optimizer can only optimize floating point tensors, got {param.dtype}"
                )
            if not param.is_leaf:
                raise ValueError("can't optimize a non-leaf Tensor")
        known = {id(param) for group in self.param_groups for param in group["params"]}
        if known.intersection(map(id, listed)):
            raise ValueError("some parameters appear in more than one parameter group")
        group = {**self.defaults, **param_group, "params": listed}
        self.check(group)
        self.param_groups.append(group)
        self._seen.append(self.numbers(group))
        self._settings.append(np.array(self._seen[-1], np.float64))
        structure.bump()

    def check(self, group: dict[str, Any]) -> None:
        """Raise if a group's settings make no sense."""
        raise NotImplementedError

    def numbers(self, group: dict[str, Any]) -> tuple[Any, ...]:
        """The settings that the kernels read: they may change from step to step."""
        raise NotImplementedError

    def update(self, group: dict[str, Any], settings: Array) -> None:
        """Change the group's parameters that have a gradient."""
        raise NotImplementedError

    def _read_settings(self) -> None:
        """Bring the groups' settings to where the kernels read them, if they changed."""
        for position, group in enumerate(self.param_groups):
            current = self.numbers(group)
            if current != self._seen[position]:
                if self._zeros(current) != self._zeros(self._seen[position]):
                    structure.bump()  # another kernel may be needed
                self._settings[position][:] = current
                self._seen[position] = current

    @staticmethod
    def _zeros(values: tuple[Any, ...]) -> tuple[bool, ...]:
        return tuple(not value for value in values)

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Change all parameters by their gradients.

        Parameters
        ----------
        closure : function that computes the loss again and returns it; called first
        """
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        at_each_run(self._read_settings)
        with one_line(), no_grad():
            for group, settings in zip(self.param_groups, self._settings, strict=True):
                self.update(group, settings)
        return loss

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget all gradients, or make them zero."""
        params = self.all_parameters()
        if not set_to_none:
            for param in params:
                if param.grad is not None:
                    param.grad.zero_()
            return
        for param in params:
            param._grad = None
        watching = observer()
        if watching is not None:
            watching.gradients_forgotten(params)

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "_settings": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take over what was pickled or copied; the settings get memory of their own."""
        self.__dict__.update(state)
        self._settings = [np.array(each, np.float64) for each in self._seen]
        structure.bump()

    def all_parameters(self) -> list[Tensor]:
        return list(chain.from_iterable(group["params"] for group in self.param_groups))

    def state_dict(self) -> dict[str, Any]:
        """State and settings, with parameters by their position."""
        positions = {id(param): k for k, param in enumerate(self.all_parameters())}
        state = {positions[id(param)]: dict(kept) for param, kept in self.state.items()}
        groups = [
            {**group, "params": [positions[id(param)] for param in group["params"]]}
            for group in self.param_groups
        ]
        return {"state": state, "param_groups": groups}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over state and settings that `state_dict` gave."""
        groups = state_dict["param_groups"]
        if len(groups) != len(self.param_groups):
            raise ValueError("loaded state dict has a different number of parameter groups")
        for group, loaded in zip(self.param_groups, groups, strict=True):
            if len(group["params"]) != len(loaded["params"]):
                raise ValueError(
                    "loaded state dict contains a parameter group that doesn't match the size of "
                    "optimizer's group"
                )
        parameters = self.all_parameters()
        self.state.clear()
        for position, loaded in state_dict["state"].items():
            self.state[parameters[position]] = {
                name: each.clone() for name, each in loaded.items() if each is not None
            }
        for group, loaded in zip(self.param_groups, groups, strict=True):
            group.update({key: value for key, value in loaded.items() if key != "params"})
        structure.bump()


def with_gradients(params: list[Tensor]) -> list[tuple[Tensor, Array]]:
    """The parameters that have a gradient, each with that, as kernels need it."""
    watching = observer()
    if watching is not None:
        watching.reading_gradients(params)
    found = []
    for param in params:
        gradient = param._grad
        if gradient is None:
            continue
        array = gradient.array
        if array.shape != param.array.shape:
            raise_shapes(param, gradient)
        found.append((param, array if array.flags.carray else copy(array)))
    return found


def raise_shapes(param: Tensor, other: Tensor) -> NoReturn:
    """A parameter's gradient or state has not its shape, on which kernels rely."""
    raise RuntimeError(
        f"a parameter of shape {list(param.shape)} has a gradient or state of shape "
        f"{list(other.shape)}, which does not fit"
    )


def check_unsupported(settings: dict[str, Any]) -> None:
    """Raise for settings of PyTorch's that minigrad does not follow."""
    for name in ("differentiable", "capturable"):
        if settings.get(name):
            raise ValueError(f"{name}=True is not supported by minigrad's optimisers")
    if isinstance(settings["lr"], Tensor):
        raise ValueError("lr must be a number, got a Tensor")
