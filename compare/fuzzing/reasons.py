"""What tells that numbers differ as it is known that they do?

Each function is of one row in SUPPORTED.md, and of what the row says of an operation as narrowly
as that can be tested.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unittest import mock

import numpy as np
import torch

from ..judging.judge import Array
from .judge import Difference
from .rounding import EPS, RAISED, ULPS, Change, Course, in_precision, run
from .running import left_by, repeats_memory

TINY = {name: float(np.finfo(name).tiny) for name in EPS}
WRITTEN = re.compile(r"(\w+(?:\.\w+_\(|\[.*\] = | [-+*/%&|^]+= ))(.*)")  # and what is read
MEDIAN = re.compile(
    r"\w+, (\w+) = (?:torch\.median\((\w+), |(\w+)\.median\()(-?\d+), keepdim=(True|False)\)"
)
COSINE = re.compile(r"cosine_similarity\((\w+), (\w+), ")
ELU_IN_PLACE = re.compile(r"torch\.nn\.functional\.(s?elu)_\((\w+)\)")
TOPK = torch.topk
EXPONENT = re.compile(r"(torch\.pow\(\w+, |\w\.pow_?\(| \*\* )([a-z]+)\b")


def about(difference: Difference, *names: str) -> bool:
    """Whether numbers differ, and the line may have called one of these.

    A line that calls a module or differentiates may have called what stands in another one.
    """
    if difference.beyond is None:
        return False
    indirect = re.search(r"backward\(|autograd\.grad\(| = \w+(\.eval\(\))?\(", difference.source)
    text = (difference.program if indirect else difference.source).lower()
    return any(f"{name}(" in text for name in names)


def where_they_differ(difference: Difference) -> tuple[Array, Array]:
    """The elements that rounding does not explain, in minigrad and in PyTorch."""
    mine, theirs, beyond = difference.mine, difference.theirs, difference.beyond
    return mine[beyond].astype(float), theirs[beyond].astype(float)


def equal_in_topk(difference: Difference) -> bool:
    """PyTorch has minigrad's numbers where it takes the first ones of equal elements."""
    if not about(difference, "topk"):
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    with (
        mock.patch.object(torch, "topk", first_of_equal),
        mock.patch.object(torch.Tensor, "topk", first_of_equal),
    ):
        course = again(lines, difference)
        return is_given_by(course, difference, EPS.get(difference.mine.dtype.name, 0.0))


def first_of_equal(
    x: torch.Tensor, k: int, dim: int = -1, largest: bool = True
) -> tuple[torch.Tensor, torch.Tensor]:
    """What topk gives, by a sort that is stable."""
    if not x.dim():
        return TOPK(x, k, dim, largest)
    values, places = torch.sort(x, stable=True, dim=dim, descending=largest)
    return values.narrow(dim, 0, k), places.narrow(dim, 0, k)


def left_by_refusal(difference: Difference) -> bool:
    """What was there before the call that both refused, and that PyTorch has changed in part."""
    lines = difference.program.splitlines()[: difference.line]
    if difference.kind != "value" or not difference.raised or not lines:
        return False
    before = again(lines, difference)[-1].get(difference.path)
    return before is not None and np.array_equal(
        before, difference.mine, equal_nan=difference.mine.dtype.kind == "f"
    )


def median_of_repeated(difference: Difference) -> bool:
    """The median, or where it stands, in lines whose elements share memory in PyTorch."""
    called = MEDIAN.search(difference.source)
    if difference.beyond is None or called is None:
        return False
    name, along, kept = called[2] or called[3], int(called[4]), called[5] == "True"
    left = left_by(torch, difference.program.splitlines()[: difference.line])[name]
    if not repeats_memory(left):
        return False
    x = left.detach().numpy()
    median = np.sort(x, along).take([(x.shape[along] - 1) // 2], along)
    median = np.where(np.isnan(x).any(along, keepdims=True), np.nan, median)
    found = difference.mine if kept else np.expand_dims(difference.mine, along)
    if difference.path == called[1]:  # the positions
        found = np.take_along_axis(x, found, along)
    beyond = difference.beyond.reshape(found.shape)
    return np.array_equal(found[beyond], median[beyond], equal_nan=True)


def wrapped_in_gaps(difference: Difference) -> bool:
    """PyTorch has minigrad's numbers where the matrix was made contiguous before."""
    found = re.match(r"(\w+)\.fill_diagonal_\(.*wrap=True", difference.source)
    if difference.beyond is None or found is None:
        return False
    *before, line = difference.program.splitlines()[: difference.line + 1]
    course = again([*before, f"{found[1]} = {found[1]}.contiguous(); {line}"], difference)
    return is_given_by(course, difference, 0.0)


def exponent_less_one(difference: Difference) -> bool:
    """A float64 gradient of a power that PyTorch has where exponents are float64, too."""
    if difference.beyond is None or difference.mine.dtype != np.float64:
        return False
    lines = difference.program.splitlines()[: difference.line + 1]
    widened = [EXPONENT.sub(r"\1\2.double()", each) for each in lines]
    return widened != lines and is_given_by(again(widened, difference), difference, EPS["float64"])


def read_while_written(difference: Difference) -> bool:
    """PyTorch has minigrad's numbers where it is given copies of what it reads."""
    written = WRITTEN.search(difference.source)
    if difference.beyond is None or written is None:
        return False
    changed, read = written.groups()
    *before, line = difference.program.splitlines()[: difference.line + 1]
    read_first = line.replace(changed + read, changed + with_copies(read, before))
    target = re.split(r"[ .\[]", changed)[0]
    without_signs = f"{target}.abs_()", read_first.replace(".clone()", ".clone().abs()")
    added = again([*before, *without_signs], difference)[-1]
    terms = None if added[RAISED] else added.get(difference.path)
    eps = EPS.get(difference.mine.dtype.name, 0.0)
    return is_given_by(again([*before, read_first], difference), difference, eps, terms)


def with_copies(source: str, before: list[str]) -> str:
    """A part of a line, with copies of the variables that earlier lines gave."""
    given = re.findall(r"(?:^|: )([\w, ]+) = ", "\n".join(before), re.M)
    names = "|".join(name for each in given for name in re.findall(r"\w+", each))
    return re.sub(rf"\b({names})\b", r"\1.clone()", source)


def again(lines: Sequence[str], difference: Difference) -> Course:
    """What lines leave in PyTorch, which is given the numbers that it was given before."""
    return run(lines, change=lambda line, program: program.take(difference.given.get(line, {})))


def as_it_was(difference: Difference) -> Change:
    """Gives a course, after each line but the last, what PyTorch has after it without changes."""
    lines = difference.program.splitlines()[: difference.line]
    values = dict(enumerate(again(lines, difference)))
    return lambda line, program: program.take(values.get(line, {}))


def is_given_by(
    course: Course, difference: Difference, eps: float, terms: Array | None = None
) -> bool:
    """Whether PyTorch has minigrad's numbers in another course, but for a few roundings.

    Those are of terms that add up to so much without their signs, if they are known. And it must
    be the course that makes the difference: the numbers it had are further off.
    """
    wanted = course[-1].get(difference.path)
    if len(course) <= difference.line or wanted is None or wanted.shape != difference.mine.shape:
        return False
    mine, theirs = where_they_differ(difference)
    tiny = TINY.get(difference.mine.dtype.name, 0.0)  # below it an ulp stays what it is
    with np.errstate(invalid="ignore", over="ignore"):
        wanted = wanted[difference.beyond].astype(difference.mine.dtype).astype(float)
        allowed = ULPS * np.maximum(250 * eps * np.abs(wanted), eps * tiny)
        if terms is not None:
            allowed = np.maximum(allowed, ULPS * eps * np.abs(terms[difference.beyond]))
        allowed = np.where(np.isfinite(allowed), allowed, 0.0)
        equal = (mine == wanted) | (np.isnan(mine) & np.isnan(wanted))
        off, before = np.abs(mine - wanted), np.abs(theirs - wanted)
        is_nearer = ~(before < 2 * off)  # also if it was infinite or NaN
        return bool(np.all(equal | ((off <= allowed) & is_nearer)))


def cosine_of_two_dtypes(difference: Difference) -> bool:
    """PyTorch has minigrad's numbers where both operands are converted to the wider dtype."""
    lines = difference.program.splitlines()[: difference.line + 1]
    called = {number: COSINE.search(line) for number, line in enumerate(lines)}
    if difference.beyond is None or not any(called.values()):
        return False
    course = run(lines)
    widened = [*lines]
    for number, found in called.items():
        if found and len({course[number][name].dtype for name in found.groups()}) > 1:
            both = f"cosine_similarity({found[1]}.double(), {found[2]}.double(), "
            widened[number] = COSINE.sub(both, lines[number])
    eps = EPS.get(difference.mine.dtype.name, 0.0)
    return widened != lines and is_given_by(again(widened, difference), difference, eps)


def slope_by_result(difference: Difference) -> bool:
    """PyTorch has minigrad's numbers where it takes the slope from the operand, not the result."""
    lines = difference.program.splitlines()[: difference.line + 1]
    if difference.beyond is None or not any(ELU_IN_PLACE.search(line) for line in lines):
        return False
    by_operand = r"\2.copy_(torch.nn.functional.\1(\2.clone()))"
    course = again([ELU_IN_PLACE.sub(by_operand, line) for line in lines], difference)
    return is_given_by(course, difference, EPS.get(difference.mine.dtype.name, 0.0))


def is_given_in_float64(difference: Difference) -> bool:
    """Whether PyTorch has minigrad's numbers where it has float64 for float32."""
    lines = difference.program.splitlines()[: difference.line + 1]
    course = run(in_precision(lines, "float64"), "float64")
    return is_given_by(course, difference, EPS["float32"])
