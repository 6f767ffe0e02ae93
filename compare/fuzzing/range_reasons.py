"""What tells that PyTorch has left the range of a dtype on a way that can be gone within it?

Each function is of one row in SUPPORTED.md: PyTorch has minigrad's numbers where it goes that way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from unittest import mock

import numpy as np
import torch

from ..judging.judge import Array
from .cancelling import SUMS
from .graph_reasons import multiplied
from .judge import Difference
from .reasons import about, again, is_given_by, is_given_in_float64, where_they_differ
from .rounding import EPS
from .sigmoids import by_exponentials
from .wide import run_wide

LERP = re.compile(r"(\w+)\.lerp(_?)\((\w+), (.*)\)")
LERP_OF_TWO = re.compile(r"torch\.lerp(_?)\((\w+), ")
SUMS_IN_PLACE = ("addmm_", "cumsum_", "addcmul", "addcmul_", "addcdiv", "addcdiv_")
LOSSES = r"loss\(|Loss\(|cross_entropy\(|entropy_with_logits\("
DIRECTION = re.compile(r"functional\.(normalize|cosine_similarity)\((\w+)(?:, (\w+))?, dim=-1\)")


def lines_of(difference: Difference) -> list[str]:
    """Its program, up to the line that differs."""
    return difference.program.splitlines()[: difference.line + 1]


def sums_beyond(difference: Difference) -> bool:
    """The number that a sum or product has in longdouble, where PyTorch has left the range.

    Or none, where that depends on the order: numbers without signs add up to more.
    """
    is_written = difference.kind == "value" and re.search(" @ |alpha=", difference.source)
    if not (is_written or about(difference, *SUMS, *SUMS_IN_PLACE, "prod")):
        return False
    mine, theirs = where_they_differ(difference)
    if (np.isfinite(mine) & np.isfinite(theirs)).any():
        return False
    course, marked = run_wide(lines_of(difference), difference.given)
    left = difference.beyond
    if marked is not None and difference.path in marked[-1]:
        left = left & (np.isfinite(difference.mine) | ~np.isnan(marked[-1][difference.path]))
    eps = EPS.get(difference.mine.dtype.name, 0.0)
    return is_given_by(course, replace(difference, beyond=left), eps)


def variance_beyond(difference: Difference) -> bool:
    """What PyTorch has in float64, where its mean in float32 is infinite; infinite beyond that."""
    if not about(difference, "var", "std"):
        return False
    mine, theirs = where_they_differ(difference)
    if difference.kind == "value" and difference.mine.dtype == np.float64:
        if not (np.isposinf(mine).all() and np.isnan(theirs).all()):
            return False
        return is_given_by(run_wide(lines_of(difference), difference.given)[0], difference, 0.0)
    return not np.isfinite(theirs).any() and is_given_in_float64(difference)


def losses_beyond(difference: Difference) -> bool:
    """What PyTorch has in a wider dtype, where it has left the range on the way.

    Infinite only where that is, rounded.
    """
    if difference.beyond is None or not re.search(LOSSES, difference.program):
        return False
    mine, theirs = where_they_differ(difference)
    if np.isnan(mine).any() or np.isfinite(theirs).any():
        return False
    if np.isinf(mine).any():
        return difference.mine.dtype == np.float32 and is_given_in_float64(difference)
    eps = EPS.get(difference.mine.dtype.name, 0.0)
    return is_given_in_float64(difference) or is_given_by(
        run_wide(lines_of(difference), difference.given)[0], difference, eps
    )


def infinite_quotient(difference: Difference) -> bool:
    """What is left over in longdouble, where PyTorch's quotient is infinite and it has NaN."""
    if not about(difference, "remainder", "remainder_") and "%" not in difference.source:
        return False
    mine, theirs = where_they_differ(difference)
    if not (np.isfinite(mine).all() and np.isnan(theirs).all()):
        return False
    course, _ = run_wide(lines_of(difference), difference.given)
    return is_given_by(course, difference, EPS.get(difference.mine.dtype.name, 0.0))


def underflowing(difference: Difference) -> bool:
    """A number below the smallest normal one or close by, or what comes of it; PyTorch has 0."""
    if not about(difference, "sigmoid", "sigmoid_", "silu"):
        return False
    by_terms = "create_graph=True" in difference.source
    if by_terms and np.isnan(where_they_differ(difference)[0]).any():
        return False
    lines = lines_of(difference)
    with by_exponentials():
        return is_given_by(
            again(lines, difference), difference, EPS.get(difference.mine.dtype.name, 0.0)
        )


def way_beyond(difference: Difference) -> bool:
    """A number of float32 between two whose difference is none, as it is reckoned in float64."""
    called = LERP.search(LERP_OF_TWO.sub(r"\2.lerp\1(", difference.source))
    if difference.beyond is None or difference.mine.dtype.name != "float32" or called is None:
        return False
    before = difference.program.splitlines()[: difference.line]
    start, in_place, end, weight = called.groups()
    between = f"{start}.double().lerp({end}.double(), {weight}).float()"
    wide = f"{start}.copy_({between})" if in_place else between
    course = again([*before, LERP.sub(wide, called.string)], difference)
    return is_given_by(course, difference, EPS["float32"])


def norm_beyond(difference: Difference) -> bool:
    """Infinite or 0 in PyTorch, which has minigrad's numbers of vectors whose largest is 1."""
    if not about(difference, ".norm") or np.any(_is_usual(where_they_differ(difference)[1])):
        return False
    lines = lines_of(difference)
    with (
        mock.patch.object(torch, "norm", scaled_norm),
        mock.patch.object(torch.Tensor, "norm", scaled_norm),
    ):
        return is_given_by(
            again(lines, difference), difference, EPS.get(difference.mine.dtype.name, 0.0)
        )


def prod_beyond(difference: Difference) -> bool:
    """A gradient as PyTorch has it where it multiplies factors, and does not divide by them."""
    if not about(difference, ".prod") or ".prod(" in difference.source:
        return False
    lines = lines_of(difference)
    with (
        mock.patch.object(torch, "prod", multiplied),
        mock.patch.object(torch.Tensor, "prod", multiplied),
    ):
        eps = EPS.get(difference.mine.dtype.name, 0.0)
        return is_given_by(again(lines, difference), difference, eps) or is_given_in_float64(
            difference
        )


def _is_usual(numbers: Array) -> Array:
    return np.isfinite(numbers) & (numbers != 0)


NORM = torch.norm


def scaled_norm(
    x: torch.Tensor, p: Any = "fro", dim: int | None = None, keepdim: bool = False
) -> torch.Tensor:
    """The norm of what is divided by its largest number, times that."""
    if p == 0 or not x.numel():
        return NORM(x, p, dim, keepdim)
    along = tuple(range(x.dim())) if dim is None else dim
    largest = x.detach().abs().amax(along, True)
    largest = torch.where(torch.isfinite(largest) & (largest > 0), largest, 1)
    found = NORM(x / largest, p, dim, keepdim)
    return found * largest.reshape(found.shape)


def squares_beyond(difference: Difference) -> bool:
    """A direction, or what comes of it, as it is of vectors whose largest number is 1."""
    lines = lines_of(difference)
    scaled = [DIRECTION.sub(of_scaled, line) for line in lines]
    if difference.beyond is None or scaled == lines:
        return False
    eps = EPS.get(difference.mine.dtype.name, 0.0)
    return is_given_by(again(scaled, difference), difference, eps)


def of_scaled(called: re.Match[str]) -> str:
    """The direction of vectors divided by their largest numbers, where these are large."""
    name, *vectors = called.groups()
    scaled = [
        f"{each} / {each}.detach().abs().amax(-1, True).clamp(1, torch.finfo({each}.dtype).max)"
        for each in vectors
        if each is not None
    ]
    return f"functional.{name}({', '.join(scaled)}, dim=-1)"
