"""How does the measuring process talk to those that are measured?"""

from __future__ import annotations

import json
import subprocess
import sys
from types import TracebackType
from typing import Any

from . import threads
from .contenders import Contender


class WorkerError(Exception):
    """A contender's process ended, or could not do what it was told."""


class Process:
    """A contender in a process of its own, which lives until it is closed."""

    def __init__(
        self,
        contender: Contender,
        count: int = threads.THREADS,
        command: list[str] | None = None,
    ) -> None:
        self.contender = contender
        environment = threads.environment(count)
        # The compiler of PyTorch warns of its own code.
        environment.setdefault("PYTHONWARNINGS", "ignore")
        self.process = subprocess.Popen(
            command or [sys.executable, "-m", "bench.worker", contender.name, str(count)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is for the measuring process, which ends this one
        )

    def wait_until_ready(self) -> None:
        self._read()

    def ask(self, **command: Any) -> dict[str, Any]:
        """Send a command and wait for the answer."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(command) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise self._ended() from None
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise self._ended()
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise WorkerError(answer["error"])
        return answer

    def _ended(self) -> WorkerError:
        status = self.process.wait()
        return WorkerError(f"its process ended with status {status}")

    def close(self, patience: float = 5.0) -> None:
        """End the process: it stops when no more commands can come, or is stopped."""
        assert self.process.stdin is not None and self.process.stdout is not None
        try:
            self.process.stdin.close()
            self.process.wait(timeout=patience)
        except (BrokenPipeError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def __enter__(self) -> Process:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is not None:
            self.process.kill()
        self.close()
