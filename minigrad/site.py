"""Which line of the user's is running? The stack says."""

from __future__ import annotations

import linecache
import os
import sys
from typing import NamedTuple

PACKAGE = os.path.dirname(os.path.abspath(__file__)) + os.sep
# Parts of the package that are a user's code as far as lines are concerned.
USERS = tuple(os.path.join(PACKAGE, part) for part in ("demo", "testing"))


class Site(NamedTuple):
    """A line of the user's."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{os.path.basename(self.file)}:{self.line}"

    @property
    def text(self) -> str:
        return linecache.getline(self.file, self.line).strip()


class _Ours(dict[str, bool]):
    """Of each file whether it belongs to the package, found out when it is first asked for."""

    def __missing__(self, file: str) -> bool:
        self[file] = file.startswith(PACKAGE) and not file.startswith(USERS)
        return self[file]


_ours = _Ours()


def users_line(skipped: int = 1) -> Site:
    """The innermost line outside the package; so many callers are known to be inside.

    Looking at a frame makes Python create an object for it, which takes a quarter of a
    microsecond: a tenth of a step if each launch looked at all of them.
    """
    ours = _ours
    frame = sys._getframe(skipped)
    while ours[frame.f_code.co_filename] and frame.f_back is not None:
        frame = frame.f_back
    return Site(frame.f_code.co_filename, frame.f_lineno)


def users_level() -> int:
    """The `stacklevel` at which a warning of the caller's names the user's line."""
    level, frame = 1, sys._getframe(1)
    while _ours[frame.f_code.co_filename] and frame.f_back is not None:
        level, frame = level + 1, frame.f_back
    return level
