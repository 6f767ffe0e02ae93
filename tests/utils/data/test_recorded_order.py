"""Are a loader's batches in PyTorch's order, epoch after epoch?

The order is recorded in ../../reference/data.json, by ../../reference/record_data.py, and asked
for anew where PyTorch is installed.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import minigrad

try:
    import torch
    import torch.utils.data
except ImportError:
    torch = None

RECORDED = Path(__file__).parent.parent.parent / "reference" / "data.json"
CASES: list[Any] = json.loads(RECORDED.read_text()) if RECORDED.exists() else []
needs_torch = pytest.mark.skipif(torch is None, reason="PyTorch is not installed")


def epochs(library: ModuleType, case: dict[str, Any]) -> dict[str, Any]:
    """What a loader gives in two epochs, and what the generators give after it."""
    library.manual_seed(case["seed"])
    generator = library.Generator().manual_seed(7) if case["own generator"] else None
    rows = library.utils.data.TensorDataset(library.arange(case["size"]))
    arguments = dict(case["loader"], generator=generator)
    if case["sampler"] is not None:
        sampler = library.utils.data.RandomSampler(rows, generator=generator, **case["sampler"])
        arguments["sampler"] = sampler
    loader = library.utils.data.DataLoader(rows, **arguments)
    taken = []
    for _ in range(2):
        batches = itertools.islice(loader, case["taken"])
        taken.append([batch[0].tolist() for batch in batches])
    after = [library.rand(2).tolist()]
    if generator is not None:
        after.append(library.rand(2, generator=generator).tolist())
    return {"batches": taken, "length": len(loader), "after": after}


@pytest.mark.parametrize("number", range(len(CASES)))
@pytest.mark.parametrize("source", ["recorded", pytest.param("live", marks=needs_torch)])
def test_the_order_is_pytorchs(source: str, number: int) -> None:
    case = CASES[number]
    expected = case["expected"] if source == "recorded" else epochs(torch, case)
    assert epochs(minigrad, case) == expected


def test_the_recorded_orders_are_there() -> None:
    assert any(case["loader"].get("shuffle") for case in CASES)
    assert any(case["taken"] is not None for case in CASES)
