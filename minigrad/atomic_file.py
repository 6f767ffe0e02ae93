"""How is a file written so that there is always a whole one: the old, or the new?

It is written beside its place, brought to the disk, and then put there, which systems do at once.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def replace_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Have a file hold exactly these bytes, or if that fails what it held before.

    OSError names the file. Of a process that is killed meanwhile, a file `.minigrad-….tmp` stays
    behind in the folder.
    """
    target = Path(os.path.realpath(path))  # of a link, what it leads to
    beside = target.with_name(f".minigrad-{secrets.token_hex(8)}.tmp")
    try:
        with open(beside, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            os.chmod(beside, target.stat().st_mode & 0o7777)
        os.replace(beside, target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, os.fspath(path)) from error
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _write_through(target.parent)


def _write_through(folder: Path) -> None:
    """Have the folder's list of files on the disk, where the system can do that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
