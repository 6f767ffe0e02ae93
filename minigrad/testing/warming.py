"""Have kernels been compiled before time is taken?"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from ..dtypes import ALL, dtype
from ..kernels.kernel import Kernel


def warm_kernels(dtypes: Iterable[dtype] = (), *, of: str = "minigrad") -> int:
    """Compile all kernels of modules that were imported, or read them back; give their number.

    A kernel that no one started yet takes up to a second at its first call, and some
    milliseconds in a later process. What is timed, or has a deadline, calls this first.

    Parameters
    ----------
    dtypes : for which; by default float32 and float64
    of : of which packages, by the beginning of their modules' names

    Examples
    --------
    >>> from minigrad.testing import warm_kernels
    >>> warm_kernels(of="minigrad.ops.relu")
    2
    """
    wanted = tuple(dtypes) or tuple(each for each in ALL if each.is_floating_point)
    found = list(_kernels(of))
    for kernel in found:
        of_its_own = kernel.operands[0].dtype
        for each in wanted:
            if of_its_own in (None, each.name):
                kernel.entry(each.numpy)
    return len(found)


def _kernels(package: str) -> Iterator[Kernel]:
    """The kernels that modules define; each is found where it stands."""
    for name, module in sorted(sys.modules.items()):
        if name == package or name.startswith(f"{package}."):
            for value in list(vars(module).values()):
                if isinstance(value, Kernel) and value.function.__module__ == name:
                    yield value
