"""Where does the time of a step go, and how near is each instruction to what the machine can do?

Each instruction runs many times in a row on copies of its operands, so it finds them in the
fastest cache that holds them. The machine's limits are measured for working sets of that size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from ..kernels.kernel import Kernel
from ..kernels.roofline import Roofline, roofline
from ..kernels.timing import Repeated
from ..launch import Array
from ..site import Site
from .listing import halved, name_of
from .memory import Layout, layout_of
from .profile_table import text
from .program import Program
from .signature import describe
from .work import works
from .workspace import Workspace

if TYPE_CHECKING:
    from .replay import Replay

ROUND_SECONDS = 5e-5  # of a round, in which an instruction runs as often as it can
MOST = 500  # runs in a round, lest averages that change in place decay to nothing
WARMING = 10  # runs of the whole step at most, after which the processor foresees its branches


class Row(NamedTuple):
    """What was found of one instruction."""

    instruction: int
    kernel: str
    is_native: bool
    site: Site  # the user's line
    seconds: float  # of one run
    share: float  # of the time of all instructions
    nbytes: int  # see `recording.work` for what is counted
    flops: int | None  # None: not known
    least_seconds: float  # that one core could do as much in; see `kernels.roofline`
    bound: str  # what takes these: "memory" or "arithmetic"

    @property
    def bytes_per_second(self) -> float:
        return _rate(self.nbytes, self.seconds)

    @property
    def flops_per_second(self) -> float | None:
        return None if self.flops is None else _rate(self.flops, self.seconds)

    @property
    def share_of_limit(self) -> float:
        return _rate(self.least_seconds, self.seconds)


class Profile:
    """What the instructions of a program take; printed, a table.

    Attributes
    ----------
    rows : a `Row` for each instruction, in order
    seconds : of all instructions one by one
    step_seconds : of all instructions in one run, as in a replay, but none of them by halves
    halved : which instructions a replay does by halves
    limits : of one core of the machine
    """

    def __init__(
        self, rows: list[Row], step_seconds: float, limits: Roofline, halved: str
    ) -> None:
        self.rows = rows
        self.seconds = sum(row.seconds for row in rows)
        self.step_seconds = step_seconds
        self.limits = limits
        self.halved = halved

    def __repr__(self) -> str:
        return text(self)


def profile(replay: Replay, arguments: tuple[Any, ...] = (), rounds: int = 11) -> Profile:
    """Time each instruction of a recorded step by itself, and all in one run.

    They run on copies: nothing changes that the step works on, no random generator moves on.

    Parameters
    ----------
    replay : the step's `program`
    arguments : of the step, in order; without them numbers from [0, 1) are used, and zeros where
        integers are asked for
    rounds : in which each instruction runs for about 50 µs, and at least once; the times are
        medians over the rounds

    Returns
    -------
    Profile
        A table when it is printed, with `rows` for programs to read.

    >>> import minigrad as torch
    >>> step = torch.compile(lambda x: (x @ x.T).tanh())
    >>> _ = step(torch.ones(4, 4))
    >>> [row.kernel for row in step.program.profile(rounds=3).rows]
    ['products.multiply_matrices', 'tanh.forward']
    """
    if not isinstance(rounds, int) or rounds < 1:
        raise ValueError(f"profile: rounds must be an int of at least 1, got {rounds!r}")
    given = _given(replay.program, arguments)
    try:
        return _measured(replay.program, given, rounds)
    except Exception as error:
        if not given:
            error.add_note("profile was given no arguments and made some up; give it the step's")
        raise


def _given(program: Program, arguments: tuple[Any, ...]) -> list[Array]:
    """The arrays of the arguments, none at all if there are no arguments."""
    arrays = [each.array for each in describe(arguments, {})[0]]
    given, wanted = list(map(layout_of, arrays)), program.sources[: program.arguments]
    if arguments and given != wanted:
        raise ValueError(
            f"profile: the program is for tensors of {_described(wanted)}, got {_described(given)}"
        )
    return arrays


def _measured(program: Program, given: Sequence[Array], rounds: int) -> Profile:
    workspace = Workspace(program, given)
    timers = [_timer(workspace, number) for number in range(len(program.lines))]
    found: list[list[float]] = [[] for _ in timers]
    steps = []
    warming = min(WARMING, _times(_seconds(workspace.run, 1)))
    for _ in range(rounds):
        steps.append(_step_seconds(workspace, warming))
        workspace.restore()
        for number, timer in enumerate(timers):
            workspace.restore_written(number)
            found[number].append(timer())
    rows = _rows(program, [median(each) for each in found])
    return Profile(rows, median(steps), roofline(), halved(program))


def _described(layouts: Sequence[Layout]) -> str:
    each = (f"{layout.dtype} {layout.shape} with strides {layout.strides}" for layout in layouts)
    return ", ".join(each) or "nothing"


def _timer(workspace: Workspace, number: int) -> Callable[[], float]:
    """A function that runs an instruction many times and gives the seconds of one."""
    line = workspace.program.lines[number]
    if isinstance(line.kernel, Kernel):
        addresses = int(workspace.functions[number]), int(workspace.slots[number])
        return Repeated(*addresses, _times(Repeated(*addresses, 1).seconds())).seconds
    call = partial(line.kernel, *workspace.operands[number])
    return partial(_seconds, call, _times(_seconds(call, 1)))


def _step_seconds(workspace: Workspace, warming: int) -> float:
    """Of one run of all instructions, on the same numbers as some before that warm up."""
    for _ in range(warming):
        workspace.restore()
        workspace.run()
    workspace.restore()
    start = perf_counter()
    workspace.run()
    return perf_counter() - start


def _times(seconds: float) -> int:
    """How often something runs in a round that takes so long once."""
    return min(MOST, max(1, int(ROUND_SECONDS / max(seconds, 1e-9))))


def _seconds(call: Callable[[], Any], times: int) -> float:
    """The mean of one call, after one that brings what it works on to the caches."""
    call()
    start = perf_counter()
    for _ in range(times):
        call()
    return (perf_counter() - start) / times


def _rows(program: Program, seconds: Sequence[float]) -> list[Row]:
    rows = []
    limits, total = roofline(), sum(seconds)
    for number, (line, work) in enumerate(zip(program.lines, works(program), strict=True)):
        dtype = "float64" if line.dtype is None else line.dtype.name
        least, bound = limits.bound(*work, dtype)
        is_native, taken = isinstance(line.kernel, Kernel), seconds[number]
        about = number, name_of(line), is_native, line.site, taken, _rate(taken, total)
        rows.append(Row(*about, *work, least, bound))
    return rows


def _rate(amount: float, seconds: float) -> float:
    """So much in a second; none of what takes no time that could be measured."""
    return amount / seconds if seconds else 0.0
