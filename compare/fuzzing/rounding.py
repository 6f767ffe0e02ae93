"""How far may two libraries be apart after a line, if both are right but for rounding?

A chain of operations may make much of a last bit, or nothing, so no fixed tolerance holds. The
yardstick is how far PyTorch is from PyTorch when roundings change:

- the program in float32 and in float64, on its inputs and on others close by. How far these two
  are apart, times the ratio of the precisions, is what the roundings of one precision do;
- the program in its own precision, with the last bit of every result, and of every gradient on
  its way, moved at random. Numbers that are the same in both precisions have no rounding: they
  are not moved, so that kinks and equal numbers stay what they are.

A difference is more than rounding where it is above `MULTIPLE` yardsticks. What is no rounding
by itself, as NaN, an order, a comparison, is explained only where a last bit changes it, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch

from ..judging.judge import Array
from .running import Run, compiled, left_by, repeats_memory
from .within_lines import moved_within

ULPS = 4.0  # allowed without asking what explains it
MULTIPLE = 16.0
SAMPLES = 8  # runs whose last bits are moved
DISTANCE = 1e-3  # of inputs close by, relatively
CLOSE_BY = 6  # inputs that both precisions are given besides the program's own
RAISED = "raised"  # a path that no variable has
EPS = {"float32": 2.0**-23, "float64": 2.0**-52}
Course = list[dict[str, Array]]  # values by path, after each line
Change = Callable[[int, Run], None]  # what is done to a program after a line


def within_ulps(mine: Array, theirs: Array) -> bool:
    """Whether two arrays of one dtype and shape are equal but for a few roundings of each."""
    return bool(np.all(within_ulps_of(mine, theirs, theirs)))


def within_ulps_of(mine: Array, theirs: Array, sizes: Array) -> Array:
    """Where they are equal but for a few roundings of numbers of these sizes."""
    return _close(mine, theirs, _ulps(theirs.dtype, sizes))


def _ulps(dtype: Any, sizes: Array) -> Any:
    if dtype.kind != "f":
        return 0.0
    limits = np.finfo(dtype)
    size = np.where(np.isfinite(sizes), np.abs(sizes.astype(np.float64)), 0.0)
    return ULPS * np.maximum(float(limits.eps) * size, float(limits.smallest_subnormal))


def _close(mine: Array, theirs: Array, allowed: Any) -> Array:
    equal = (mine == theirs) | ((mine != mine) & (theirs != theirs))
    if mine.dtype.kind != "f":
        return np.asarray(equal)
    with np.errstate(all="ignore"):
        off = np.abs(mine.astype(np.float64) - theirs.astype(np.float64))
        return np.asarray(equal | (off <= allowed))


@dataclass(frozen=True)
class Courses:
    """What PyTorch gives, and its variations.

    Parameters
    ----------
    nominal : of the program as it is
    moved : with other last bits
    pairs : in float32 and in float64, on the same inputs, the program's own first
    """

    nominal: Course
    moved: list[Course]
    pairs: list[tuple[Course, Course]]

    def all(self) -> list[Course]:
        """Those of the program's own inputs."""
        return [self.nominal, *self.moved, *self.pairs[0]]


class Yardstick:
    """What rounding explains in one program, found when it is first asked for.

    Parameters
    ----------
    lines : of the program
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

    def beyond(self, line: int, path: str, mine: Array, theirs: Array) -> Array:
        """At which elements rounding cannot have made such a difference after a line."""
        if self.changes_shape(line, path):
            return np.zeros(theirs.shape, bool)
        reference = self.courses.nominal[line][path]
        same = within_ulps_of(mine, theirs, theirs)
        moved = [each[line][path] for each in self.courses.moved]
        if reference.dtype.kind != "f":
            return np.asarray(~same & np.all([each == reference for each in moved], axis=0))
        spread = [_distance(each, reference) for each in moved]
        for pair in self.courses.pairs:
            low, high = (each[line].get(path) if line < len(each) else None for each in pair)
            if low is not None and high is not None and low.shape == high.shape == theirs.shape:
                spread.append(_distance(low, high) * EPS[theirs.dtype.name] / EPS["float32"])
        jumps = np.any([_kind(each) != _kind(reference) for each in moved], axis=0)
        allowed = MULTIPLE * np.max(spread, axis=0)
        return np.asarray(~(same | _close(mine, theirs, allowed) | jumps))

    def changes_shape(self, line: int, path: str) -> bool:
        """Whether roundings decide how many elements there are after a line."""
        found = [each[line].get(path) if line < len(each) else None for each in self.courses.all()]
        return len({None if each is None else each.shape for each in found}) > 1

    def ends_elsewhere(self, line: int) -> bool:
        """Whether roundings decide if a line raises."""
        courses = self.courses.all()
        return len({line >= len(each) or bool(each[line][RAISED]) for each in courses}) > 1

    def left_before(self, line: int) -> dict[str, Any]:
        """PyTorch's variables before a line."""
        with torch.random.fork_rng(devices=[]):
            return left_by(torch, self.lines[:line])

    @cached_property
    def courses(self) -> Courses:
        """Run them all. This may be asked for while the program runs, which must not see it."""
        with torch.random.fork_rng(devices=[]):
            drawn = Drawn()
            nominal = run(self.lines, change=drawn.keep)
            pairs = []
            for seed in range(1 + CLOSE_BY):
                close = CloseBy(self.lines, seed, drawn)
                low, high = (run(in_precision(self.lines, each), each, close) for each in EPS)
                pairs.append((low, high))
            moved = [
                run(moved_within(self.lines, seed % 2), change=Moving(*pairs[0], seed))
                for seed in range(SAMPLES)
            ]
            return Courses(nominal, moved, pairs)


def _distance(values: Array, reference: Array) -> Array:
    """How far finite numbers are apart; 0 where one of them is not finite."""
    finite = np.isfinite(values) & np.isfinite(reference)
    with np.errstate(all="ignore"):
        off = np.abs(values.astype(np.float64) - reference.astype(np.float64))
    return np.where(finite, off, 0.0)


def _kind(values: Array) -> Array:
    """0 for finite numbers, 1 and 2 for infinities, 3 for NaN."""
    return np.select([np.isposinf(values), np.isneginf(values), np.isnan(values)], [1, 2, 3])


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
            if values is not None and values.shape == tensor.shape and not repeats_memory(tensor):
                tensor.data.copy_(torch.from_numpy(values))


class CloseBy:
    """Gives a program inputs close to its own, and the random numbers that it has drawn.

    Parameters
    ----------
    lines : of the program
    seed : which inputs; 0 for its own
    drawn : the random numbers
    """

    def __init__(self, lines: Sequence[str], seed: int, drawn: Drawn) -> None:
        self.inputs = {
            number: line.partition(" ")[0]
            for number, line in enumerate(lines)
            if seed and " = torch.tensor(" in line
        }
        self.seed, self.drawn = seed, drawn

    def __call__(self, line: int, program: Run) -> None:
        self.drawn.give(line, program)
        tensor = program.names.get(self.inputs.get(line, ""))
        if isinstance(tensor, torch.Tensor) and tensor.is_floating_point():
            generator = np.random.default_rng((self.seed, line))
            factors = 1 + DISTANCE * generator.uniform(-1, 1, tuple(tensor.shape))
            # Both precisions get numbers that both have.
            moved = (tensor.data.double() * torch.as_tensor(factors)).float()
            tensor.data.copy_(moved)


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
        if low is None or high is None or low.shape != high.shape or repeats_memory(tensor):
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
