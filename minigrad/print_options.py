"""With how many digits, of how many elements, on lines how long are tensors printed?"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@dataclasses.dataclass
class Options:
    """The settings of `set_printoptions`."""

    precision: int = 4  # digits after the decimal point
    threshold: float = 1000  # tensors with more elements are summarised
    edgeitems: int = 3  # elements that a summary shows at each end of a dimension
    linewidth: int = 80
    sci_mode: bool | None = None  # scientific notation; None: where numbers differ much


options = Options()

PROFILES = {
    "default": Options(),
    "short": Options(precision=2, edgeitems=2),
    "full": Options(threshold=math.inf),
}


def set_printoptions(
    precision: int | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    profile: str | None = None,
    sci_mode: bool | None = None,
) -> None:
    """Choose how tensors are printed.

    Parameters
    ----------
    precision : digits after the decimal point, 4 unless set
    threshold : how many elements are printed without a summary, 1000 unless set
    edgeitems : how many elements a summary shows at each end of a dimension, 3 unless set
    linewidth : characters in a line, 80 unless set
    profile : "default", "short" or "full": all of the above at once
    sci_mode : whether to print in scientific notation; None, as at every call that does not name
        it, leaves it to the numbers

    >>> import minigrad as torch
    >>> torch.set_printoptions(precision=2)
    >>> torch.tensor([0.123456])
    tensor([0.12])
    >>> torch.set_printoptions(profile="default")
    """
    chosen = dataclasses.asdict(PROFILES[profile]) if profile in PROFILES else {}
    named = {
        "precision": precision,
        "threshold": threshold,
        "edgeitems": edgeitems,
        "linewidth": linewidth,
    }
    chosen |= {name: value for name, value in named.items() if value is not None}
    chosen["sci_mode"] = sci_mode
    for name, value in chosen.items():
        setattr(options, name, value)


def get_printoptions() -> dict[str, Any]:
    """The settings, as arguments of `set_printoptions`."""
    return dataclasses.asdict(options)


@contextmanager
def printoptions(**settings: Any) -> Iterator[None]:
    """Context: print with these settings, and with the earlier ones afterwards."""
    earlier = get_printoptions()
    set_printoptions(**settings)
    try:
        yield
    finally:
        set_printoptions(**earlier)
