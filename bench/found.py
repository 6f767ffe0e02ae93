"""What has been measured, and how does it go into a file?"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from .growth import Point
from .rounds import Outcome, Outcomes
from .sweeps import Sweep


@dataclass
class Found:
    """Times in seconds, memory in bytes; empty where nothing was asked for."""

    workloads: dict[str, Outcomes] = field(default_factory=dict)
    first_calls: dict[str, list[float]] = field(default_factory=dict)
    starts: dict[str, list[float]] = field(default_factory=dict)
    epochs: Outcomes = field(default_factory=dict)
    growth: list[Point] = field(default_factory=list)
    sweeps: list[Sweep] = field(default_factory=list)

    def all_outcomes(self) -> list[Outcome]:
        groups = [*self.workloads.values(), self.epochs, *(each for _, _, each in self.growth)]
        return [outcome for group in groups for outcome in group.values()]

    def time(self, workload: str, contender: str) -> float | None:
        """The median seconds of a step, None if there is none."""
        outcome = self.workloads.get(workload, {}).get(contender)
        return median(outcome.seconds) if outcome is not None and outcome.seconds else None

    def as_json(self) -> dict[str, Any]:
        return {
            "workloads": {name: told(outcomes) for name, outcomes in self.workloads.items()},
            "first calls": {name: spread(each) for name, each in self.first_calls.items()},
            "import and first step": {name: spread(each) for name, each in self.starts.items()},
            "epochs": told(self.epochs),
            "growth": [
                {"series": series, "size": size, "contenders": told(outcomes)}
                for series, size, outcomes in self.growth
            ],
            "sweeps": {
                each.workload: {str(n): spread(seconds) for n, seconds in each.seconds.items()}
                for each in self.sweeps
            },
        }


def told(outcomes: Outcomes) -> dict[str, Any]:
    """Contenders' times, or what is said in their place."""
    return {
        name: {"trouble": each.trouble}
        if each.trouble
        else {**spread(each.seconds), "difference": each.difference, "memory": each.memory}
        for name, each in outcomes.items()
    }


def spread(seconds: list[float]) -> dict[str, Any]:
    """The median, the quartiles and all that they come from."""
    lower, middle, upper = quartiles(seconds)
    return {"median": middle, "quartiles": [lower, upper], "rounds": seconds}


def quartiles(seconds: list[float]) -> tuple[float, float, float]:
    """Lower quartile, median, upper quartile."""
    if len(seconds) < 2:
        return (seconds[0],) * 3
    lower, middle, upper = quantiles(seconds, n=4, method="inclusive")
    return lower, middle, upper
