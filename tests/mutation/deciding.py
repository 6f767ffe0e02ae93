"""Which tests decide about a mutant? Those of its stem, then of its folder, then the wide ones.

`python tests/mutation/deciding.py` looks up which of minigrad's files is not the committed one,
and runs tests until one fails or does not end: then its exit status is 1, the mutant is killed.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 900  # of a round
NO_TESTS = 5  # pytest's exit status where the file has no doctest, and no tests of its own
# What goes through everything: scripts, compiled steps, every operation and every function.
WIDE = [
    "tests/training",
    "tests/ops/test_operations.py",
    "tests/primitives",
    "tests/recording/test_functions.py",
    "tests/recording/test_guards.py",
    "tests/nn",
    "tests/optim",
    "tests/autograd",
]


def mutated():
    """The file that was changed, below minigrad."""
    command = ["git", "diff", "--name-only", "--", "minigrad"]
    changed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    names = changed.stdout.split()
    if len(names) != 1:
        raise SystemExit(f"expected one changed file below minigrad, got {names}")
    return Path(names[0])


def rounds(file):
    """Lists of tests, the nearest first."""
    folder = Path("tests", *file.parts[1:-1])
    near = [folder / f"test_{file.stem}.py", file]
    wide = [Path(name) for name in WIDE]
    alone = sorted(Path("tests").glob("test_*.py"))
    beside = [folder] if folder != Path("tests") else alone
    for tests in (near, beside, wide, alone):
        there = [str(each) for each in tests if (ROOT / each).exists()]
        if there:
            yield there


def main():
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "ci", "PYTHONDONTWRITEBYTECODE": "1"}
    for tests in rounds(mutated()):
        command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *tests]
        try:
            done = subprocess.run(command, cwd=ROOT, env=environment, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return 1
        if done.returncode not in (0, NO_TESTS):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
