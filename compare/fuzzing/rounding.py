"""How far may two libraries be apart after a line, if both are right but for rounding?

A chain of operations may make much of a last bit, or nothing, so no fixed tolerance holds. The
yardstick is how far PyTorch is from PyTorch when roundings change:

- the program in the other precision: in float32 if it is of float64. What that changes, times
  the ratio of the precisions, is what the roundings of one precision do;
- the program in its own precision, with the last bit of every result, and of every gradient on
  its way, moved at random. Numbers that are the same in both precisions have no rounding: they
  are not moved, so that kinks and equal numbers stay what they are.

A difference is more than rounding where it is above `MULTIPLE` yardsticks. What is no rounding
by itself, as NaN, an order, a comparison, is explained only where a variation changes it, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import CodeType
from typing import Any

import numpy as np
import torch

from ..judging.judge import Array
from .running import Run, compiled

ULPS = 4.0  # allowed without asking what explains it
MULTIPLE = 16.0
SAMPLES = 8  # runs whose last bits are moved
RAISED = "raised"  # a path that no variable has
EPS = {"float32": 2.0**-23, "float64": 2.0**-52}
Course = list[dict[str, Array]]  # values by path, after each line
Change = Callable[[int, Run], None]  # what is done to a program after a line


def within_ulps(mine: Array, theirs: Array) -> bool:
    """Whether two arrays of one dtype and shape are equal but for a few roundings of each."""
    if mine.tobytes() == theirs.tobytes():
        return True
    return bool(np.all(_close(mine, theirs, _ulps(theirs))))


def _ulps(values: Array) -> Any:
    if values.dtype.kind != "f":
        return 0.0
    limits = np.finfo(values.dtype)
    size = np.abs(values.astype(np.float64))
    return ULPS * np.maximum(float(limits.eps) * size, float(limits.smallest_subnormal))


def _close(mine: Array, theirs: Array, allowed: Any) -> Array:
    equal = (mine == theirs) | ((mine != mine) & (theirs != theirs))
    if mine.dtype.kind != "f":
        return np.asarray(equal)
    with np.errstate(all="ignore"):
        off = np.abs(mine.astype(np.float64) - theirs.astype(np.float64))
        return np.asarray(equal | (off <= allowed))


class Yardstick:
    """What rounding explains in one program, found when it is first asked for.

    Parameters
    ----------
    lines : of the program
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self._courses: tuple[Course, list[Course], list[Course]] | None = None

    def beyond(self, line: int, path: str, mine: Array, theirs: Array) -> Array:
        """At which elements rounding cannot have made such a difference after a line."""
        nominal, moved, other = self.courses()
        reference = nominal[line][path]
        allowed = np.asarray(_ulps(theirs) + np.zeros(theirs.shape))
        jumps = np.zeros(theirs.shape, bool)
        for factor, course in [*((1.0, each) for each in moved), *((None, each) for each in other)]:
            values = course[line].get(path) if line < len(course) else None
            if values is None or values.shape != reference.shape:
                return np.zeros(theirs.shape, bool)  # what there is follows from a rounding
            spread, jumped = _spread(values, reference, factor)
            allowed = np.maximum(allowed, MULTIPLE * spread)
            jumps |= jumped
        return np.asarray(~(_close(mine, theirs, allowed) | jumps))

    def changes_shape(self, line: int, path: str) -> bool:
        """Whether roundings decide how many elements there are after a line."""
        nominal, moved, other = self.courses()
        shapes = [each[line][path].shape for each in (nominal, *moved, *other) if line < len(each)]
        return len(set(shapes)) > 1

    def ends_elsewhere(self, line: int) -> bool:
        """Whether roundings decide if a line raises."""
        nominal, moved, other = self.courses()
        ends = [line >= len(each) or bool(each[line][RAISED]) for each in (nominal, *moved, *other)]
        return len(set(ends)) > 1

    def courses(self) -> tuple[Course, list[Course], list[Course]]:
        """What PyTorch gives, and its variations in this precision and in others."""
        if self._courses is None:
            with torch.random.fork_rng(devices=[]):  # it is asked for while a program runs
                self._courses = self._run()
        return self._courses

    def _run(self) -> tuple[Course, list[Course], list[Course]]:
        drawn = Drawn()
        nominal = run(self.lines, change=drawn.keep)
        low, high = (run(in_precision(self.lines, each), each, drawn.give) for each in EPS)
        moved = [run(self.lines, change=Moving(low, high, seed)) for seed in range(SAMPLES)]
        return nominal, moved, [low, high]


def _spread(values: Array, reference: Array, factor: float | None) -> tuple[Array, Array]:
    """How far a variation is from what it varies, and where it is another kind of number."""
    if reference.dtype.kind != "f" or values.dtype.kind != "f":
        return np.zeros(reference.shape), np.asarray(values != reference)
    if factor is None:
        mine, other = (EPS[each.dtype.name] for each in (reference, values))
        factor = min(1.0, mine / other)
    with np.errstate(all="ignore"):
        off = factor * np.abs(values.astype(np.float64) - reference.astype(np.float64))
    finite = np.isfinite(values) & np.isfinite(reference)
    same = (values == reference) | ((values != values) & (reference != reference))
    # Beyond float32 there may be numbers of float64: that is its range and not a rounding.
    jumped = ~finite & ~same & (values.dtype == reference.dtype)
    return np.where(finite, off, 0.0), jumped


def in_precision(lines: Sequence[str], name: str) -> list[str]:
    """A program all of whose floating-point numbers are of one dtype."""
    method = {"float32": ".float()", "float64": ".double()"}
    (other,) = EPS.keys() - {name}
    return [
        line.replace(f"torch.{other}", f"torch.{name}").replace(method[other], method[name])
        for line in lines
    ]


def run(lines: Sequence[str], default: str = "float32", change: Change | None = None) -> Course:
    """What each line leaves in PyTorch, up to one that raises, and whether it does."""
    found: Course = []
    with default_dtype(getattr(torch, default)):
        program = Run(torch)
        for number, code in enumerate(compiled(lines)):
            raised = program.do(code) is not None
            if change is not None:
                change(number, program)
            seen = {path: each.values for path, each in program.seen().items()}
            found.append({**seen, RAISED: np.asarray(raised)})
            if raised:
                break
    return found


@contextmanager
def default_dtype(dtype: torch.dtype) -> Iterator[None]:
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


class Drawn:
    """Random numbers of a program, to be given to it in another precision, which has others."""

    def __init__(self) -> None:
        torch.default_generator.manual_seed(0)
        self.states = [torch.get_rng_state()]  # at the start, and after each line
        self.known: dict[str, Array] = {}
        self.made: list[dict[str, Array]] = []  # by each line, at random

    def keep(self, line: int, program: Run) -> None:
        """Note what a line made if it drew, and where the generator is."""
        self.states.append(torch.get_rng_state())
        drew = not torch.equal(*self.states[-2:])
        floats = [(path, each) for path, each in program.tensors() if each.is_floating_point()]
        now = {path: np.array(each.detach().numpy()) for path, each in floats}
        changed = {
            path: values
            for path, values in now.items()
            if path not in self.known or self.known[path].tobytes() != values.tobytes()
        }
        self.made.append(changed if drew else {})
        self.known = now

    def give(self, line: int, program: Run) -> None:
        """Put the same numbers where they were made."""
        if line >= len(self.made):
            return
        torch.set_rng_state(self.states[line + 1])
        for path, tensor in program.tensors():
            values = self.made[line].get(path)
            if values is not None and values.shape == tensor.shape and not _repeats(tensor):
                tensor.data.copy_(torch.from_numpy(values))


def _repeats(tensor: torch.Tensor) -> bool:
    """Whether several elements are one in memory, so that nothing can be written."""
    sides = zip(tensor.stride(), tensor.shape, strict=True)
    return any(step == 0 and size > 1 for step, size in sides)


class Moving:
    """Move the last bit of what each line computes, where there is a rounding.

    Parameters
    ----------
    low, high : the program in both precisions
    seed : which way bits go
    """

    def __init__(self, low: Course, high: Course, seed: int) -> None:
        self.low, self.high = low, high
        self.generator = np.random.default_rng(seed)
        self.before: dict[str, Array] = {}

    def __call__(self, line: int, program: Run) -> None:
        for path, tensor in list(program.tensors()):
            if not tensor.is_floating_point() or path.endswith(".grad"):
                continue
            values = tensor.detach().numpy()
            known = self.before.get(path)
            if known is None or known.shape != values.shape or known.tobytes() != values.tobytes():
                if known is None and tensor.requires_grad:
                    tensor.register_hook(self.moved)
                self.move(line, path, tensor)
            self.before[path] = np.array(values)

    def move(self, line: int, path: str, tensor: torch.Tensor) -> None:
        """Where both precisions have it, and not the same."""
        if line >= min(len(self.low), len(self.high)):
            return
        low, high = self.low[line].get(path), self.high[line].get(path)
        if low is None or high is None or low.shape != high.shape or _repeats(tensor):
            return
        if low.shape == tensor.shape:
            rounded = torch.from_numpy(np.asarray((low != high) & np.isfinite(high)))
            tensor.data.mul_(torch.where(rounded, self.factors(tensor), 1.0))

    def moved(self, gradient: torch.Tensor) -> torch.Tensor:
        """A gradient on its way, with other last bits."""
        return gradient * self.factors(gradient)

    def factors(self, tensor: torch.Tensor) -> torch.Tensor:
        eps = torch.finfo(tensor.dtype).eps
        signs = self.generator.choice([-1.0, 1.0], tuple(tensor.shape))
        return 1 + eps * torch.as_tensor(signs, dtype=tensor.dtype)
