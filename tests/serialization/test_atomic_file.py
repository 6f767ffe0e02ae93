"""How is a file written so that there is always a whole one: the old, or the new?"""

import os
import re
import resource
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from minigrad.serialization.atomic_file import replace_file

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
        "from minigrad.serialization.atomic_file import replace_file\n"
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


def as_another_user(path):
    """Replace the file as somebody who has not the rights of an administrator."""
    script = (
        "import os, sys\n"
        "from minigrad.serialization.atomic_file import replace_file\n"
        "try: os.getuid() or os.setuid(65534)\n"
        "except OSError: sys.exit('there is no other user')\n"
        "replace_file(sys.argv[1], b'new')\n"
    )
    command = [sys.executable, "-c", script, str(path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if "there is no other user" in done.stderr:
        pytest.skip(done.stderr)
    return done


@pytest.mark.parametrize("protected", ["the file", "the folder"])
def test_what_may_not_be_written_is_refused(protected):
    with tempfile.TemporaryDirectory() as folder:  # others may enter it, unlike pytest's own
        path = Path(folder, "file")
        path.write_bytes(b"old")
        os.chmod(path, 0o444 if protected == "the file" else 0o666)
        os.chmod(folder, 0o777 if protected == "the file" else 0o555)
        refused = as_another_user(path)
        os.chmod(folder, 0o777)
        assert f"PermissionError: [Errno 13] Permission denied: '{path}'" in refused.stderr
        assert path.read_bytes() == b"old" and os.listdir(folder) == ["file"]


def test_nobody_reads_a_private_file_while_it_is_written(path, monkeypatch):
    os.chmod(path, 0o600)
    seen, fsync = [], os.fsync

    def looking(descriptor):
        seen.append(os.fstat(descriptor).st_mode & 0o777)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", looking)
    replace_file(path, b"new")
    assert seen[0] == path.stat().st_mode & 0o777 == 0o600


def test_a_new_file_has_the_permissions_that_new_files_have(path):
    replace_file(path.with_name("new"), b"")
    path.with_name("other").touch()
    assert path.with_name("new").stat().st_mode == path.with_name("other").stat().st_mode


def test_a_pipe_is_written_to_and_stays_one(path):
    pipe = path.with_name("pipe")
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        replace_file(pipe, b"new")
        assert os.read(reader, 9) == b"new"
    finally:
        os.close(reader)
    assert pipe.is_fifo() and sorted(os.listdir(path.parent)) == ["file", "pipe"]


def test_a_folder_that_cannot_be_waited_for_is_no_failure(path, monkeypatch):
    fsync = os.fsync

    def files_only(descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(22, "Invalid argument")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", files_only)
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_name_may_be_as_long_as_the_system_allows(path):
    longest = path.with_name("x" * 255)
    replace_file(longest, b"new")
    assert longest.read_bytes() == b"new"


def test_where_no_file_can_be(path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        replace_file(path.parent / "nowhere" / "file", b"new")
    with pytest.raises(IsADirectoryError):
        replace_file(path.parent, b"new")
