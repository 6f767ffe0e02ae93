"""The cache on disk: compile once for all processes, never run stale code, never fail for it."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from minigrad.kernels import kernel_cache, reshaping, team
from minigrad.kernels.inner import inner

HELPER = """
from numba import njit

OFFSET = 1.0

@njit
def shifted(value):
    return value + OFFSET
"""

KERNEL = """
from helper import shifted
from minigrad.kernels.kernel import Flat, kernel

FACTOR = 2.0

@kernel(writes=("out",))
def transform(x: Flat, out: Flat) -> None:
    for i in range(x.size):
        out[i] = shifted(x[i]) * FACTOR
"""

PROGRAM = """
import sys
sys.path[:0] = {path!r}
import numpy as np
from transformation import transform
out = np.empty(3, np.float32)
transform(np.arange(3, dtype=np.float32), out)
print(out.tolist())
"""


RIGHT = [2.0, 4.0, 6.0]


class Script:
    """A user's program in a folder of its own, with the cache in a given one."""

    def __init__(self, folder: Path, cache: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.cache = folder, cache
        (folder / "helper.py").write_text(HELPER)
        (folder / "transformation.py").write_text(KERNEL)

    def edit(self, name, old, new):
        path = self.folder / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    def start(self, cwd=None):
        program = PROGRAM.format(path=[str(self.folder), str(Path.cwd()), *filter(None, sys.path)])
        # Bytecode of edits within one second would look unchanged to Python itself.
        changed = {"MINIGRAD_CACHE_DIR": str(self.cache), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=cwd or self.folder,
            env={**os.environ, **changed},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def answer(process):
    """What a script printed, and whether it said that it compiles."""
    out, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    assert errors.count("minigrad: compiling") == len(errors.splitlines()), errors
    return ast.literal_eval(out), "compiling" in errors


def at_once(scripts):
    return [answer(process) for process in [script.start() for script in scripts]]


def on_an_empty_cache(count, folder):
    """The cache that so many processes made, starting at once."""
    cache = folder / "new" / "cache"
    answers = at_once([Script(folder / str(number), cache) for number in range(count)])
    assert [result for result, _ in answers] == [RIGHT] * count
    assert (RIGHT, True) in answers
    assert {path.suffix for path in cache.iterdir()} == {".py", ""}
    return cache


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return on_an_empty_cache(2, tmp_path_factory.mktemp("two"))


def test_who_names_no_folder_has_it_in_the_cache_of_the_user(monkeypatch, tmp_path):
    monkeypatch.delenv("MINIGRAD_CACHE_DIR", raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert kernel_cache.folder() == tmp_path / "cache" / "minigrad"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert kernel_cache.folder() == tmp_path / "home" / ".cache" / "minigrad"


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (team.work, "def _of_the_c_library"),  # writes LLVM's instructions for another one
        (reshaping.with_shape, "def as_pointer"),  # called where it is compiled, and nowhere else
    ],
)
def test_what_a_building_block_is_put_together_from_is_known(function, text):
    assert any(text in source for source in kernel_cache._sources({"body": function}))


def test_an_option_tells_functions_of_one_text_apart():
    def twice(x):
        return 2 * x

    apart, together = inner(twice), inner(twice, forceinline=True)
    assert kernel_cache._sources({"body": apart}) != kernel_cache._sources({"body": together})


@pytest.mark.slow
def test_sixteen_processes_that_start_at_once_on_an_empty_cache(tmp_path):
    cache = on_an_empty_cache(16, tmp_path)
    assert answer(Script(tmp_path / "last", cache).start()) == (RIGHT, False)


def test_two_processes_made_what_the_next_finds_wherever_it_runs(cache, tmp_path):
    files = sorted(cache.rglob("*"))
    script = Script(tmp_path, cache)
    script.edit("transformation.py", "FACTOR = 2.0\n", "FACTOR = 2.0\nUNRELATED = 3\n")
    (script.folder / "other.py").write_text("changed = True\n")
    assert answer(script.start(cwd="/")) == (RIGHT, False)
    assert sorted(cache.rglob("*")) == files


def test_edited_code_is_never_stale(cache, tmp_path):
    edits = [
        ("transformation.py", "* FACTOR", "* FACTOR + 1", [3.0, 5.0, 7.0]),
        ("transformation.py", "FACTOR = 2.0", "FACTOR = 3.0", [3.0, 6.0, 9.0]),
        ("helper.py", "value + OFFSET", "value - OFFSET", [-2.0, 0.0, 2.0]),
        ("helper.py", "OFFSET = 1.0", "OFFSET = 2.0", [4.0, 6.0, 8.0]),
    ]
    before = set(cache.glob("*.py"))
    scripts = [Script(tmp_path / str(number), cache) for number in range(len(edits))]
    for script, (name, old, new, _) in zip(scripts, edits, strict=True):
        script.edit(name, old, new)
    assert at_once(scripts) == [(result, True) for *_, result in edits]
    assert len(set(cache.glob("*.py")) - before) == len(edits)
    name, old, new, _ = edits[0]
    scripts[0].edit(name, new, old)
    assert answer(scripts[0].start()) == (RIGHT, False)


def test_a_damaged_cache_is_mended(cache, tmp_path):
    script = Script(tmp_path, tmp_path / "damaged")
    shutil.copytree(cache, script.cache)
    damaged = [path for path in script.cache.rglob("*.nb*") if path.is_file()]
    assert damaged
    for path in damaged:
        path.write_bytes(path.read_bytes()[:10])
    assert answer(script.start())[0] == RIGHT


def test_without_a_folder_to_write_in_it_works_all_the_same(tmp_path, cache):
    file, read_only = tmp_path / "file", tmp_path / "read only"
    file.write_text("not a folder")
    shutil.copytree(cache, read_only)
    for folder in (read_only, read_only / "__pycache__"):
        folder.chmod(0o555)
    caches = [file, Path("/proc/self/minigrad"), read_only]
    scripts = [Script(tmp_path / str(number), each) for number, each in enumerate(caches)]
    assert at_once(scripts) == [(RIGHT, True), (RIGHT, True), (RIGHT, False)]
    assert file.read_text() == "not a folder"
