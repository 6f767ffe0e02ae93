"""How is a file written so that there is always a whole one: the old, or the new?

It is written beside its place, brought to the disk, and then put there, which systems do at once.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path


def replace_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Have a file hold exactly these bytes, or if that fails what it held before.

    It keeps its permissions; one that may not be written to is not replaced either. What is no
    file but a device or a pipe is written to. OSError names the file. Of a process that is killed
    meanwhile, a file `.minigrad-….tmp` stays behind in the folder.
    """
    target = Path(os.path.realpath(path))  # of a link, what it leads to
    beside = target.with_name(f".minigrad-{secrets.token_hex(8)}.tmp")
    try:
        old = os.stat(path) if os.path.exists(path) else None
        if old is not None and not stat.S_ISREG(old.st_mode):
            Path(path).write_bytes(data)  # a folder is an error
            return
        if old is not None and not os.access(path, os.W_OK):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        mode = 0o666 if old is None else 0o600  # nobody reads a private file before it is done
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if old is not None:
            _hand_over(beside, old)
        os.replace(beside, target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, os.fspath(path)) from error
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _write_through(target.parent)


def _hand_over(path: Path, old: os.stat_result) -> None:
    """Give a file the owner, where that is possible, and the permissions of another."""
    if os.name == "posix":
        with suppress(PermissionError):  # only the administrator may give files away
            os.chown(path, old.st_uid, old.st_gid)
    os.chmod(path, stat.S_IMODE(old.st_mode))


def _write_through(folder: Path) -> None:
    """Have the folder's list of files on the disk, where the system can do that."""
    if os.name != "posix":
        return
    with suppress(OSError):  # the file is there; not every folder can be read, or waited for
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
