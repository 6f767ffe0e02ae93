"""What does minigrad set out to reach, and is it reached?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from .contenders import COMPILED, EAGER, JAX, TORCH, Contender
from .epochs import LOOPS, NATIVE
from .found import Found

# A step's workload, minigrad's contender, the other one, how many times as fast at least.
SPEEDS: list[tuple[str, Contender, Contender, float]] = [
    ("slides-32-sgd", COMPILED, TORCH, 25),
    ("slides-32-sgd", COMPILED, JAX, 8),
    ("slides-256-sgd", COMPILED, TORCH, 8),
    ("slides-256-sgd", COMPILED, JAX, 2.5),
    ("slides-32-adam", COMPILED, TORCH, 40),
    ("slides-32-adam", COMPILED, JAX, 8),
    ("middle-128-sgd", COMPILED, TORCH, 2.5),
    ("middle-128-sgd", COMPILED, JAX, 1.3),
    ("wide-256-sgd", COMPILED, TORCH, 1.8),
    ("wide-256-sgd", COMPILED, JAX, 1),
    ("deep-128-sgd", COMPILED, TORCH, 5),
    ("deep-128-sgd", COMPILED, JAX, 2),
    ("slides-32-sgd", EAGER, TORCH, 3),
    ("wide-256-sgd", EAGER, TORCH, 1),
]
WITH_WIDE_VECTORS = ("wide-256-sgd",)  # set for machines with AVX-512 alone
EPOCHS = 30


@dataclass(frozen=True)
class Target:
    """A ratio that should not be smaller, or not be larger, than a limit."""

    name: str
    ratio: float
    limit: float
    at_least: bool

    @property
    def reached(self) -> bool:
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit

    def __str__(self) -> str:
        bound = "≥" if self.at_least else "≤"
        verdict = "reached" if self.reached else "missed"
        target = f"{bound} {self.limit:g}"
        return f"  {self.name:<50} {self.ratio:>7.3g}  {target:<6} {verdict}"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "reached": self.reached}


def targets(found: Found, processor: str) -> list[Target]:
    """Those of which both sides were measured."""
    listed = list(speeds(found, processor))
    ways = [found.epochs.get(way.label) for way in (LOOPS[0], NATIVE)]
    if all(way is not None and way.seconds for way in ways):
        theirs, ours = (median(way.seconds) for way in ways if way is not None)
        listed.append(Target("epochs: step.epoch / PyTorch's loop", theirs / ours, EPOCHS, True))
    if found.first_calls:
        ratio = median(found.first_calls["first"]) / median(found.first_calls["eager"])
        listed.append(Target("first compiled call, in eager steps", ratio, 3, False))
    if TORCH.label in found.starts and EAGER.label in found.starts:
        ratio = median(found.starts[EAGER.label]) / median(found.starts[TORCH.label])
        listed.append(Target("import and first step: minigrad / PyTorch", ratio, 0.5, False))
    return [*listed, *memory(found)]


def speeds(found: Found, processor: str) -> Iterator[Target]:
    for workload, ours, theirs, limit in SPEEDS:
        if workload in WITH_WIDE_VECTORS and "AVX-512" not in processor:
            continue
        time, other = found.time(workload, ours.name), found.time(workload, theirs.name)
        if time is not None and other is not None:
            yield Target(f"{workload}: {ours.label} / {theirs.label}", other / time, limit, True)


def memory(found: Found) -> Iterator[Target]:
    """The workload on which minigrad needs most beside PyTorch."""
    for ours in (EAGER, COMPILED):
        ratios = [
            outcomes[ours.name].memory["peak"] / outcomes[TORCH.name].memory["peak"]
            for outcomes in found.workloads.values()
            if all(each.name in outcomes and outcomes[each.name].memory for each in (ours, TORCH))
        ]
        if ratios:
            name = f"peak memory at worst: {ours.label} / PyTorch"
            yield Target(name, max(ratios), 1, False)
