"""What all optimisers share: groups of parameters with their settings, state, zero_grad.

What the optimisers here share besides is in `kernel_optimizer`. One of a user's own is derived
from `Optimizer` as with PyTorch: it hands over `defaults` and gives a `step`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from .. import structure
from ..grad_mode import no_grad
from ..kernels.kernel import Array
from ..launch import observer
from ..tensor import Tensor
from . import groups, loading
from .groups import required
from .hooks import Hooks, with_hooks
from .state import empty_state

__all__ = ["Optimizer", "ParamsT", "required"]

ParamsT = Iterable[Tensor] | Iterable[dict[str, Any]] | Iterable[tuple[str, Tensor]]
OWN = ("defaults", "state", "param_groups")  # what every optimiser has


class Optimizer(Hooks):
    """Base of all optimisers.

    Parameters
    ----------
    params : iterable of Tensor, of pairs of a name and a Tensor, or of dicts
        A dict is a group of its own: the key "params" and settings that differ from the defaults.
    defaults : settings of groups that do not name them

    >>> import minigrad as torch
    >>> class SignDescent(torch.optim.Optimizer):
    ...     def __init__(self, params, lr=0.5):
    ...         super().__init__(params, {"lr": lr})
    ...     @torch.no_grad()
    ...     def step(self):
    ...         for group in self.param_groups:
    ...             for param in group["params"]:
    ...                 param -= group["lr"] * (param.grad > 0).float()
    >>> w = torch.ones(2, requires_grad=True)
    >>> optimizer = SignDescent([w])
    >>> (w * torch.tensor([3.0, -3.0])).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.5000, 1.0000], requires_grad=True)
    """

    _stepped: bool | None = None  # whether a step was made; None until a scheduler asks

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        if "step" in vars(cls):
            cls.step = with_hooks(cls.step)  # type: ignore[method-assign]

    def __init__(self, params: ParamsT, defaults: dict[str, Any]) -> None:
        super().__init__()
        self.defaults = defaults
        if isinstance(params, Tensor):
            raise TypeError(
                "params argument given to the optimizer should be an iterable of Tensors or "
                f"dicts, but got {params.type()}"
            )
        self.state = empty_state()
        self.param_groups: list[dict[str, Any]] = []
        listed: list[Any] = list(params)
        if not listed:
            raise ValueError("optimizer got an empty parameter list")
        for group in listed if isinstance(listed[0], dict) else [{"params": listed}]:
            self.add_param_group(group)

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_"):
            structure.bump()
        super().__setattr__(name, value)

    def __repr__(self) -> str:
        text = f"{type(self).__name__} ("
        for position, group in enumerate(self.param_groups):
            lines = [f"    {key}: {group[key]}\n" for key in sorted(group) if key != "params"]
            text += f"\nParameter Group {position}\n" + "".join(lines)
        return text + ")"

    def __getstate__(self) -> dict[str, Any]:
        return {name: vars(self)[name] for name in OWN}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take over what was pickled or copied, or, of another optimiser, what was loaded."""
        if "_step_pre_hooks" not in vars(self):
            Hooks.__init__(self)
        self.__dict__.update(state)
        structure.bump()

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Optimise more parameters, with settings of their own; the dict becomes the group."""
        group = groups.completed(param_group, self.defaults, self.param_groups)
        self._check_group(group)
        param_group.update(group)
        self.param_groups.append(param_group)
        structure.bump()

    def _check_group(self, group: dict[str, Any]) -> None:
        """Raise if a group has settings that are not supported."""

    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Change all parameters by their gradients.

        Parameters
        ----------
        closure : function that computes the loss again and returns it; called first
        """
        raise NotImplementedError

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget all gradients, or make them zero."""
        params = self.all_parameters()
        if set_to_none:
            for param in params:
                param._grad = None
            watching = observer()
            if watching is not None:
                watching.gradients_forgotten(params)
            return
        for param in params:
            gradient = param.grad
            if gradient is not None:
                gradient._node = None
                gradient._requires_grad = False
                with no_grad():
                    gradient.zero_()

    def all_parameters(self) -> list[Tensor]:
        """The parameters of all groups."""
        return list(chain.from_iterable(group["params"] for group in self.param_groups))

    def state_dict(self) -> dict[str, Any]:
        """State and settings, with parameters by their position."""
        for hook in tuple(self._state_dict_pre_hooks.values()):
            hook(self)
        positions: dict[Any, int] = {
            param: position for position, param in enumerate(self.all_parameters())
        }
        packed = []
        for group in self.param_groups:
            settings = {name: value for name, value in group.items() if name != "params"}
            packed.append({**settings, "params": [positions[each] for each in group["params"]]})
        state = {
            positions[key] if isinstance(key, Tensor) else key: kept
            for key, kept in self.state.items()
        }
        result: dict[str, Any] = {"state": state, "param_groups": packed}
        for hook in tuple(self._state_dict_post_hooks.values()):
            replaced = hook(self, result)
            result = result if replaced is None else replaced
        return result

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over copies of the state and the settings that `state_dict` gave.

        Arrays and PyTorch's tensors serve as well as tensors. If anything does not fit, nothing
        is changed.

        Raises
        ------
        ValueError : another number of groups or parameters, or state of another shape
        KeyError : state or settings that this optimiser needs are missing
        """
        loading.load(self, state_dict)

    def _check_state(self, group: dict[str, Any], param: Tensor, state: dict[str, Any]) -> None:
        """Raise if state that is being loaded does not fit a parameter in a group."""

    def _obstacle(self, reached: Sequence[Tensor]) -> str | None:
        """Why a compiled step with this optimiser runs eagerly, if it does.

        Parameters
        ----------
        reached : the tensors that the step may change by itself
        """
        if self._step_pre_hooks or self._step_post_hooks:
            return f"an optimiser ({type(self).__name__}) has a hook"
        return f"an optimiser ({type(self).__name__}) has a step of its own"

    def _kernel_settings(self) -> list[Array]:
        """Arrays from which kernels read settings."""
        return []

    def _structure(self) -> list[Any]:
        """What a recording of a step depends on; where it changes, `structure.counter` moves."""
        found: list[Any] = [len(self._step_pre_hooks), len(self._step_post_hooks)]
        found += [tuple(group["params"]) for group in self.param_groups]
        found += [
            (name, value)
            for name, value in vars(self).items()
            if name not in OWN and not name.startswith("_")
        ]
        for key, state in self.state.items():
            named = state if isinstance(state, dict) else {"": state}  # of a user's optimiser
            kept = (each.array if isinstance(each, Tensor) else each for each in named.values())
            found.append((key, *named, *kept))
        return found
