"""Contenders that answer at once, in the place of processes."""

from __future__ import annotations

from typing import Any

from bench.contenders import Contender
from bench.processes import WorkerError

RIGHT = [1.0 / (1 + step) for step in range(20)]
MEMORY = {"import": 100 << 20, "peak": 160 << 20, "threads": {}}


class Pretended:
    """A process with given losses, which notes what it is asked in a list shared by all."""

    def __init__(
        self,
        contender: Contender,
        losses: list[float] = RIGHT,
        asked: list[Any] | None = None,
        fails_at: str = "",
    ) -> None:
        self.contender = contender
        self.losses = losses
        self.asked = [] if asked is None else asked
        self.fails_at = fails_at

    def wait_until_ready(self) -> None:
        if self.fails_at == "start":
            raise WorkerError("no such library")

    def ask(self, do: str, **command: Any) -> dict[str, Any]:
        self.asked.append((self.contender.name, do, command))
        if do == self.fails_at:
            raise WorkerError("RuntimeError: no compiler")
        if do == "round":
            return {"seconds": 1e-3 * command["steps"]}
        if do == "sweep":
            seconds = 8e-3 * command["count"] / command["at_once"]
            return {"seconds": seconds, "losses": self.losses}
        answers = {
            "prepare": {},
            "losses": {"losses": self.losses},
            "calibrate": {"steps": 7},
            "memory": MEMORY,
            "prepare epochs": {"possible": not command.get("native")},
            "prepare sweep": {},
            "epochs": {"seconds": 0.5, "losses": self.losses},
        }
        return answers[do]

    def __enter__(self) -> Pretended:
        return self

    def __exit__(self, *error: object) -> None:
        pass
