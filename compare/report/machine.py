"""On what machine, with which versions, when was a comparison made?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import torch

import minigrad
from bench.machine import describe

from ..devices import described


def describe_run(devices: Sequence[str]) -> dict[str, Any]:
    """The machine, the devices that PyTorch computes on, versions and the date."""
    machine = describe(torch.get_num_threads())
    versions = machine.pop("versions")
    return {
        "minigrad": minigrad.__version__,
        "torch": str(torch.__version__),
        "numpy": versions["numpy"],
        "numba": versions["numba"],
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "device": ", ".join(devices),
        "devices": [described(device) for device in devices],
        **machine,
    }
