"""What the optimisers here share: a step is one kernel, launched for all parameters of a group.

An optimiser is an update rule in four parts, in a file of its own: the mathematics, `definition`
in plain tensor operations, the kernel, and the class that says what settings and state there
are. A kernel reads the settings from memory, where `step` brings them at each call: a recorded
step follows a scheduler without being recorded again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from operator import is_
from typing import Any, ClassVar

import numpy as np

from .. import structure
from ..arrays import assign, full, update_where_they_lie
from ..grad_mode import enable_grad
from ..kernels.kernel import Array, Kernel
from ..launch import at_each_run, launch, one_line
from ..memory_order import empty_in_order
from ..tensor import Tensor, bump_versions, tensor_of
from .group_values import (
    check_factors,
    is_number,
    number,
    require_number,
    require_one_element,
    tensors,
)
from .kernel_operands import (
    check_capturable,
    check_dtypes,
    check_shape,
    raise_count,
    raise_shapes,
    with_gradients,
)
from .optimizer import Optimizer, ParamsT

UNREAD = ("foreach", "fused", "capturable", "differentiable")  # settings that no kernel reads
COUNTS = np.dtype("float32")  # of steps
NOTHING = {np.dtype(name): np.empty(0, name) for name in ("float32", "float64")}


class KernelOptimizer(Optimizer):
    """Base of the optimisers. A subclass gives `definition`, `kernel`, `buffers` and `numbers`.

    Parameters
    ----------
    params, defaults : as for `Optimizer`
    """

    definition: ClassVar[Callable[..., tuple[Tensor, dict[str, Tensor]]]]
    kernel: ClassVar[Kernel]  # of: param, grad, step, each of `buffers`, settings
    buffers: ClassVar[tuple[str, ...]]  # the state that has a parameter's shape
    added: ClassVar[Mapping[str, Any]] = {}  # settings that older saved dictionaries lack

    def __init__(self, params: ParamsT, defaults: dict[str, Any]) -> None:
        self._rows: list[tuple[dict[str, Any], Array]] = []  # groups, and where kernels read
        self._seen: list[tuple[float, ...]] = []  # what stands there
        self._held: list[list[Any]] = []  # all that the groups held then; see `_held_by`
        if defaults.get("fused") and defaults["differentiable"]:
            raise RuntimeError("`fused` does not support `differentiable`")
        if defaults.get("fused") and defaults["foreach"]:
            raise RuntimeError("`fused` and `foreach` cannot be `True` together.")
        super().__init__(params, defaults)

    def numbers(self, group: dict[str, Any]) -> tuple[Any, ...]:
        """The settings that the kernels read: they may change from step to step."""
        raise NotImplementedError

    def needed(self, group: dict[str, Any]) -> tuple[str, ...]:
        """Which of `buffers` the settings of a group need."""
        return self.buffers

    def factors(self, group: dict[str, Any]) -> tuple[Any, ...]:
        """Numbers from settings that a step multiplies with in the parameters' dtype."""
        return (-number(group["lr"]), number(group["weight_decay"]))

    def interpolates(self, group: dict[str, Any]) -> bool:
        """Whether a buffer is drawn towards the slope, for which both must be of one dtype."""
        return False

    def initial(self, name: str) -> float:
        """What a buffer is filled with before the first step."""
        return 0.0

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
        with one_line():
            differentiable = self.defaults.get("differentiable")  # whatever a group says
            for group, settings in self._rows:
                if differentiable:
                    self._update_with_graph(group)
                else:
                    self.update(group, settings)
        return loss

    def update(self, group: dict[str, Any], settings: Array) -> None:
        """Change the group's parameters that have a gradient."""
        needed = self.needed(group)
        calls: list[tuple[Any, ...]] = []
        apart: list[tuple[Any, ...]] = []
        changed: list[Tensor] = []
        for param, array, grad in zip(*with_gradients(group), strict=True):
            state = self.state[param]
            if not state:
                self.begin(param, needed)
            step = state["step"]
            if not isinstance(step, Tensor):
                raise_count(step)
            count, dtype = step.array, array.dtype
            if count.size != 1:
                raise_shapes(param, step)
            operands = [array, grad, count]
            changed += (param, step)
            ready = array.flags.carray and count.dtype is COUNTS
            for name in self.buffers:
                if name in needed:
                    kept = state[name]
                    buffer = kept.array
                    if buffer.shape != array.shape:
                        raise_shapes(param, kept)
                    ready = ready and buffer.flags.carray and buffer.dtype is dtype
                    operands.append(buffer)
                    changed.append(kept)
                else:
                    operands.append(NOTHING[dtype])
            (calls if ready else apart).append((*operands, settings))
        if apart:
            names = ("step", *self.buffers)
            check_dtypes(group, self.state, names, self.interpolates(group))
        update_where_they_lie(self.kernel, calls, apart)
        bump_versions(changed)

    def _update_with_graph(self, group: dict[str, Any]) -> None:
        """The same by the definition, which gradients can go through."""
        with enable_grad():
            for param in group["params"]:
                if param.grad is None:
                    continue
                check_capturable(group)
                state = self.state[param]
                if not state:
                    self.begin(param, self.needed(group))
                known = {name: each for name, each in state.items() if each is not None}
                if not isinstance(known.get("step", param), Tensor):
                    raise_count(known["step"])
                before = {name: each.clone() for name, each in known.items()}
                new, changed = self.definition(param.clone(), param.grad, before, group)
                param.copy_(new)
                for name, value in changed.items():
                    if name in known:
                        known[name].copy_(value)
                    else:
                        structure.bump()
                        state[name] = value

    def begin(self, param: Tensor, needed: tuple[str, ...]) -> None:
        """Make the state of a parameter."""
        structure.bump()
        state = self.state[param]
        state["step"] = tensor_of(full((), COUNTS, 0.0))
        for name in needed:
            array = empty_in_order(param.array.shape, param.array.dtype, param.array)
            launch(assign, self.initial(name), array)
            state[name] = tensor_of(array)

    def _read_settings(self) -> None:
        """Bring the groups' settings to where the kernels read them, if they changed."""
        if self._stepped is False:
            self._stepped = True  # of a replay, schedulers would not know otherwise
        if len(self._rows) != len(self.param_groups):
            self._place_settings()
        for position, group in enumerate(self.param_groups):
            owner, settings = self._rows[position]
            if owner is not group:
                self._place_settings()
                return
            values, held = group.values(), self._held[position]
            if len(values) == len(held) and all(map(is_, values, held)):
                continue  # the quick way to see that nothing has changed
            current = self.numbers(group)
            if current != self._seen[position]:
                if _zeros(current) != _zeros(self._seen[position]):
                    structure.bump()  # another kernel may be needed
                settings[:] = self._seen[position] = self._row(group)
            self._check_for_step(group)
            self._held[position] = _held_by(group)

    def _check_for_step(self, group: dict[str, Any]) -> None:
        """Raise for settings that a group may have, but no step can be made with."""
        differentiable = self.defaults.get("differentiable", False)
        if not isinstance(differentiable, bool):
            raise TypeError(f"differentiable must be bool, not {type(differentiable).__name__}")
        if group.get("foreach") and group.get("differentiable") and self.buffers:  # but for SGD
            raise AssertionError("_foreach ops don't support autograd")
        check_factors(self.factors(group), group["params"])

    def _row(self, group: dict[str, Any]) -> tuple[float, ...]:
        """The settings of a group as its kernel reads them."""
        values = self.numbers(group)
        for value in values:
            if not is_number(value):
                has = (key for key, each in group.items() if each is value and key not in UNREAD)
                require_number(value, f"setting '{next(has, '?')}' of a group")
        return tuple(map(float, values))

    def _place_settings(self) -> None:
        """Give the settings of each group memory of their own."""
        self._seen = [self._row(group) for group in self.param_groups]
        self._held = [[] for _ in self.param_groups]  # so the next step looks at all of it
        self._rows = [
            (group, np.array(row, np.float64))
            for group, row in zip(self.param_groups, self._seen, strict=True)
        ]
        structure.bump()

    def _kernel_settings(self) -> list[Array]:
        return [settings for _, settings in self._rows]

    def _structure(self) -> list[Any]:
        # The first number is the learning rate: if it becomes 0, the kernel stays the same.
        zeros = [_zeros(numbers)[1:] for numbers in self._seen]
        return [*super()._structure(), *self._kernel_settings(), *zeros]

    def _obstacle(self, reached: Sequence[Tensor]) -> str | None:
        if self.defaults.get("differentiable"):
            return "an optimiser of its is differentiable"
        hooked = self._step_pre_hooks or self._step_post_hooks
        if hooked or type(self).step is not KernelOptimizer.step:
            return super()._obstacle(reached)
        known = set(map(id, reached))
        if any(id(each) in known for group in self.param_groups for each in tensors(group)):
            return "it could change a tensor that is a setting of an optimiser"
        return None

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        for group in self.param_groups:
            for name, value in self.added.items():
                group.setdefault(name, value)
        if "_rows" not in vars(self):  # pickled or copied: this is a new object
            self._place_settings()

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        super().add_param_group(param_group)
        self._place_settings()

    def _check_group(self, group: dict[str, Any]) -> None:
        for each in tensors({name: group[name] for name in self.defaults if name in group}):
            require_one_element(each, "lr")
        with suppress(KeyError):  # which is for the next step to say: a script may still set it
            self._row({**self.added, **group})

    def _check_state(self, group: dict[str, Any], param: Tensor, state: dict[str, Any]) -> None:
        """Raise if loaded state does not fit; make a count of steps a tensor."""
        if not state:
            return
        needed = self.needed({**self.defaults, **self.added, **group})
        for name in ("step", *needed):
            if name not in state:
                raise KeyError(
                    f"loaded state dict has no '{name}' for a parameter of shape "
                    f"{list(param.shape)}: is it of another optimiser?"
                )
        if not isinstance(state["step"], Tensor):  # as older versions of PyTorch saved it
            state["step"] = tensor_of(np.array(state["step"], COUNTS).reshape(()))
        for name in needed:
            check_shape(param, name, state[name])


def _held_by(group: dict[str, Any]) -> list[Any]:
    """What a group holds; nothing if it has a tensor, which may change and stay the same."""
    return [] if any(True for _ in tensors(group)) else list(group.values())


def _zeros(values: tuple[Any, ...]) -> tuple[bool, ...]:
    return tuple(not value for value in values)
