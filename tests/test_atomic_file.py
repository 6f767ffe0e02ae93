"""How is a file written so that there is always a whole one: the old, or the new?"""

import os
import re
import resource
import subprocess
import sys

import pytest

from minigrad.atomic_file import replace_file

FAILURES = {
    "interrupted": KeyboardInterrupt(),
    "no space": OSError(28, "No space left on device"),
}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    return path


def test_a_file_is_made_or_replaced(path):
    replace_file(path, b"new")
    replace_file(str(path.with_name("other")), b"")
    assert path.read_bytes() == b"new" and path.with_name("other").read_bytes() == b""
    assert sorted(os.listdir(path.parent)) == ["file", "other"]


@pytest.mark.parametrize("error", FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(path, monkeypatch, error, call):
    def fails(*arguments):
        raise error

    monkeypatch.setattr(os, call, fails)
    with pytest.raises(type(error)) as caught:
        replace_file(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old" and os.listdir(path.parent) == [path.name]
    if isinstance(error, OSError):
        assert caught.value.filename == str(path) and caught.value.errno == 28


def test_a_file_that_grows_too_large_leaves_the_old_one(path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(OSError, match=re.escape(str(path))):
            replace_file(path, bytes(40_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == b"old" and os.listdir(path.parent) == [path.name]


def test_a_process_that_is_killed_leaves_the_old_file(path):
    script = (
        "import os, sys\n"
        "from minigrad.atomic_file import replace_file\n"
        "os.fsync = lambda descriptor: os.kill(os.getpid(), 9)\n"
        "replace_file(sys.argv[1], b'new')\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert killed.returncode == -9
    assert path.read_bytes() == b"old"


def test_a_file_keeps_its_permissions_and_a_link_its_target(path):
    os.chmod(path, 0o640)
    link = path.with_name("latest")
    link.symlink_to(path.name)
    replace_file(link, b"new")
    assert link.is_symlink() and path.stat().st_mode & 0o777 == 0o640
    assert path.read_bytes() == link.read_bytes() == b"new"


def test_a_name_may_be_as_long_as_the_system_allows(path):
    longest = path.with_name("x" * 255)
    replace_file(longest, b"new")
    assert longest.read_bytes() == b"new"


def test_where_no_file_can_be(path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        replace_file(path.parent / "nowhere" / "file", b"new")
    with pytest.raises(IsADirectoryError):
        replace_file(path.parent, b"new")
