"""What comes out of some programs in a row? This is what each process does again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from minigrad.testing import Program, reduced

from .coverage import Cell, Watch
from .drawing import lines_of, program_of
from .explanations import explanation_of
from .judge import Difference, judge

Kind = tuple[str, str]  # the operation whose line differs, and in what


@dataclass
class Found:
    """A difference that nothing explains.

    Parameters
    ----------
    seed : of the program that showed it first
    kind : its operation, and what differs
    text : the difference in a sentence
    lines : the program, as short as it could be made
    count : how many programs showed its kind
    """

    seed: int
    kind: Kind
    text: str
    lines: list[str]
    count: int = 1


@dataclass
class Block:
    """The sum of some programs."""

    programs: int = 0
    lines: int = 0
    by_rounding: int = 0
    cells: Counter[Cell] = field(default_factory=Counter)
    explained: Counter[str] = field(default_factory=Counter)
    again: Counter[Kind] = field(default_factory=Counter)  # differences of a kind that is known
    found: list[Found] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)  # seeds that could not be judged


def run_block(
    seeds: Iterable[int],
    known: Collection[Kind] = (),
    begin: Callable[[int], None] = lambda seed: None,
) -> Block:
    """Draw and judge the programs of some seeds.

    Parameters
    ----------
    known : kinds of differences that are not to be made short again
    begin : called before each program with its seed
    """
    block, kinds = Block(), set(known)
    for seed in seeds:
        begin(seed)
        block.programs += 1
        try:
            add_program(block, seed, kinds)
        except Exception as error:  # a fault of the judge must not end a run of hours
            block.failed[seed] = f"raised {type(error).__name__}: {error}"
    return block


def add_program(block: Block, seed: int, kinds: set[Kind]) -> None:
    """Add what comes out of one program; its kind of difference to the kinds that are known."""
    program = program_of(seed)
    if program is None:
        return
    watch = Watch(program)
    verdict = judge(lines_of(program), watch)
    block.lines += verdict.lines
    block.by_rounding += verdict.by_rounding
    block.cells += watch.cells
    if verdict.difference is None:
        return
    reason = explanation_of(verdict.difference)
    kind = kind_of(program, verdict.difference)
    if reason is not None:
        block.explained[reason] += 1
    elif kind in kinds:
        block.again[kind] += 1
    else:
        block.found.append(shortened(seed, program))
        kinds |= {kind, block.found[-1].kind}


def kind_of(program: Program, difference: Difference) -> Kind:
    """The operation of the line that differs; of an input, that it is one."""
    number = difference.line - len(program.inputs)
    operation = program.instructions[number].operation if number >= 0 else "input"
    return operation, difference.kind


def unexplained(program: Program) -> Difference | None:
    """What differs in a program, if nothing explains it."""
    difference = judge(lines_of(program)).difference
    if difference is None or explanation_of(difference) is not None:
        return None
    return difference


def still_differs(found: Found) -> bool:
    """Whether a difference is still there, and nothing explains it."""
    difference = judge(found.lines).difference
    return difference is not None and explanation_of(difference) is None


def shortened(seed: int, program: Program) -> Found:
    """The shortest program that shows some difference which nothing explains."""
    short = reduced(program, lambda each: unexplained(each) is not None)
    difference = unexplained(short)
    assert difference is not None
    end = difference.line + 1  # what comes after it has no part in it
    return Found(seed, kind_of(short, difference), str(difference), lines_of(short)[:end])
