"""Which tests decide about a mutant? Those that reach what was changed, the nearest first.

`python tests/mutation/deciding.py FOLDER` looks up which function of minigrad is not the committed
one, and who calls it, in what `reaching.py` left in FOLDER. It runs these tests until one fails or
hangs: then its exit status is 1, the mutant is killed. Who calls what a compiled kernel is made of
cannot be seen; so behind them stand the tests that reach the file, and those of its folder
along with what goes through everything.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIRST = 6.0  # seconds of tests that are run before others are even imported
ALL = float(os.environ.get("SECONDS_OF_TESTS", 60.0))
LONG = 5.0  # of a test that comes after all others
IMPORTING = 0.15  # of a file with tests
NO_TESTS = 5  # pytest's exit status where none is there
# What goes through everything: scripts, compiled steps, every operation and every function.
WIDE = (
    "tests/training/",
    "tests/ops/test_operations.py",
    "tests/primitives/",
    "tests/recording/",
    "tests/autograd/",
)


def git(*arguments):
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def changed():
    """The file that was changed, below minigrad, and the line."""
    difference = git("diff", "--unified=0", "--no-color", "--", "minigrad").splitlines()
    files = [line for line in difference if line.startswith("--- a/minigrad/")]
    places = [line for line in difference if line.startswith("@@ -")]
    if len(files) != 1 or not places:
        raise SystemExit(f"expected one changed file below minigrad, got {files}")
    file = files[0].removeprefix("--- a/minigrad/")
    return file, int(places[0].removeprefix("@@ -").split()[0].split(",")[0])


def function_at(file, line):
    """The innermost function around a line, as `reaching.py` names it, or None."""
    pending = [compile(git("show", f"HEAD:minigrad/{file}"), file, "exec")]
    around = []
    while pending:
        code = pending.pop()
        pending += [each for each in code.co_consts if hasattr(each, "co_code")]
        last = max(end or 0 for _, end, _, _ in code.co_positions())
        if code.co_name != "<module>" and code.co_firstlineno <= line <= last:
            around.append(code.co_firstlineno)
    return f"{file}:{max(around)}" if around else None


def all_tests(folder):
    tests = {}
    for written in sorted(Path(folder).glob("*.json")):
        tests.update(json.loads(written.read_text()))
    return tests


def nearness(name, functions, files, file, function):
    """How near a test is to what was changed: 0 is nearest, 5 has nothing to do with it.

    `files` are those with a test that calls the function: what is made once for all tests of a
    file is called by the first of them.
    """
    path = Path(file)
    of_the_file = f"tests/{path.parent}/test_{path.stem}.py".replace("/./", "/")
    if name.startswith((f"{of_the_file}::", f"minigrad/{file}::")):
        return 0
    if function in functions:
        return 1
    if name.partition("::")[0] in files:
        return 2
    if any(each.startswith(f"{file}:") for each in functions):
        return 3
    if name.startswith(f"tests/{path.parent}/"):  # which may reach it in another process
        return 3
    return 4 if name.startswith((f"tests/{path.parts[0]}/", *WIDE)) else 5


def in_order(tests, file, function):
    """Names of tests, and after how many seconds each has been run, the nearest first."""
    files = {name.partition("::")[0] for name, (_, called) in tests.items() if function in called}
    ranked = []
    turns = Counter()
    for name, (seconds, functions) in sorted(tests.items(), key=lambda each: each[1][0]):
        rank = nearness(name, functions, files, file, function)
        if rank < 5:  # files take turns, or a thousand tests of one thing came first
            place = rank > 0 and seconds > LONG, rank, name.partition("::")[0]
            turns[place] += 1
            ranked.append((*place[:2], turns[place], seconds, name))
    passed, imported = 0.0, set()
    for *_, seconds, name in sorted(ranked):
        test_file = name.partition("::")[0]
        passed += seconds + IMPORTING * (test_file not in imported)
        imported.add(test_file)
        yield name, passed


def killed(names, kernels):
    """Does one of these tests fail?"""
    if not names:
        return False
    files = list(dict.fromkeys(name.partition("::")[0] for name in names))
    command = [sys.executable, "-m", "pytest", "-x", "-n0", "-p", "no:cacheprovider"]
    command += ["-p", "tests.mutation.choosing", *files]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as chosen:
        json.dump(names, chosen)
        chosen.flush()
        environment = {
            **os.environ,
            "CHOSEN": chosen.name,
            "HYPOTHESIS_PROFILE": "ci",
            "MINIGRAD_CACHE_DIR": kernels,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    return done.returncode not in (0, NO_TESTS)


def main(folder):
    file, line = changed()
    ordered = list(in_order(all_tests(folder), file, function_at(file, line)))
    near = [name for name, _ in takewhile(lambda each: each[1] < FIRST, ordered)]
    rest = [name for name, passed in ordered[len(near) :] if passed < ALL]
    with tempfile.TemporaryDirectory() as kernels:  # what a mutant compiles is no other's
        shutil.copytree(os.environ["MINIGRAD_CACHE_DIR"], kernels, dirs_exist_ok=True)
        return killed(near, kernels) or killed(rest, kernels)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
