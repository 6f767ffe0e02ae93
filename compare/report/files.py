"""How do results become a file that is either whole or not there?"""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def write_json(path: Path, content: Any) -> None:
    """Write content as JSON.

    JSON has no infinities and no NaN; they become the strings "inf", "-inf" and "nan".
    """
    write_text(path, json.dumps(plain(content), indent=1, allow_nan=False) + "\n")


def write_text(path: Path, text: str) -> None:
    write_whole(path, text.encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: readers see the old one or the new one, never half of it."""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(temporary, 0o666 & ~current_umask())
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:  # which names the temporary file, or none
        raise OSError(error.errno, error.strerror, str(path)) from None


def obstacle(path: Path) -> str | None:
    """Why a file could not be written, found out before there is anything to write."""
    folder = path.absolute().parent
    if not folder.is_dir():
        return f"there is no folder {str(path.parent)!r}"
    if path.is_dir():
        return f"{path} is a folder"
    if path.exists() and not path.is_file():
        return f"{path} is no file that could be replaced"
    try:
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return f"{path}: {error.strerror}"


def complaint(write: Callable[[], None]) -> str | None:
    """Write files; give what is to be said if that cannot be done."""
    try:
        write()
    except OSError as error:
        return f"{error.filename}: {error.strerror}"
    return None


def plain(content: Any) -> Any:
    """The same content in what JSON knows."""
    if isinstance(content, dict):
        return {str(key): plain(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [plain(each) for each in content]
    if isinstance(content, float) and not math.isfinite(content):
        return str(content)
    return content


def current_umask() -> int:
    """The permissions that new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
