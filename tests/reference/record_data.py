"""Record in data.json PyTorch's order of samples: python tests/reference/record_data.py"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

import torch

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / "utils" / "data"), str(TESTS.parent)]
from test_recorded_order import RECORDED, epochs  # noqa: E402

REPLACING = {"replacement": True}
SAMPLERS = [None, {"num_samples": 25}, REPLACING, {**REPLACING, "num_samples": 70}]


def cases() -> list[dict[str, Any]]:
    """Sizes that the batch size divides and others, whole epochs and broken off ones."""
    result = []
    choices = itertools.product([1, 10, 13], SAMPLERS, [False, True], [None, 0, 1])
    for number, (size, sampler, own_generator, taken) in enumerate(choices):
        loader: dict[str, Any] = {"batch_size": 5, "drop_last": number % 3 == 1}
        if sampler is None:
            loader["shuffle"] = True
        result.append(
            {
                "size": size,
                "seed": number * 12345678901,
                "sampler": sampler,
                "own generator": own_generator,
                "taken": taken,
                "loader": loader,
            }
        )
    result.append(dict(result[0], size=3276, loader={"batch_size": 512, "shuffle": True}))
    return result


def record() -> None:
    recorded = [dict(case, expected=epochs(torch, case)) for case in cases()]
    lines = ",\n".join(json.dumps(case) for case in recorded)
    RECORDED.write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    record()
