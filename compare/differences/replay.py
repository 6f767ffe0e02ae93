"""What does each program give, here and now, in either library and on each device?"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

import minigrad

from .programs import ISSUES, PROGRAMS

Program = Callable[[Any, str], Any]
NOT_RUN = "not run"
NO_ISSUE = "no issue known to us"


@dataclass(frozen=True)
class Difference:
    """One program, what it gave by side, and whether its sides agree."""

    name: str
    says: str  # what is right
    issue: str  # the address of PyTorch's, or that none is known
    code: str
    given: dict[str, str]  # by minigrad and by each device that PyTorch computed on

    @property
    def is_there(self) -> bool:
        """Whether PyTorch, where it was asked, gave anything else than minigrad."""
        ours, *theirs = self.given.values()
        return any(each not in (ours, NOT_RUN) for each in theirs)


def names() -> list[str]:
    return [program.__name__ for program in PROGRAMS]


def replay(devices: Sequence[str], chosen: Sequence[str] | None = None) -> list[Difference]:
    """The differences of all programs, or of those chosen by name."""
    return [
        run(program, None if issue is None else ISSUES + str(issue), devices)
        for program, issue in PROGRAMS.items()
        if chosen is None or program.__name__ in chosen
    ]


def run(program: Program, issue: str | None, devices: Sequence[str]) -> Difference:
    given = {"minigrad": answer(program, minigrad, "cpu")}
    for device in ("cpu", *(each for each in devices if each != "cpu")):
        given[f"PyTorch {device}"] = answer(program, torch, device)
    if not any("cuda" in each for each in given):
        given["PyTorch cuda"] = NOT_RUN
    return Difference(
        program.__name__,
        inspect.getdoc(program) or "",
        issue or NO_ISSUE,
        inspect.getsource(program).rstrip(),
        given,
    )


def answer(program: Program, library: Any, device: str) -> str:
    """The numbers that a program gives, or what it raises."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            results = program(library, device)
        except Exception as error:  # to refuse is an answer
            return f"{type(error).__name__}"
    return ", ".join(f"{each.item():.9g}" for each in results)
