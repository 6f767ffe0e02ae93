"""Record in random.json what PyTorch's generator answers: python tests/reference/record_random.py

Each stream is a seed and a list of calls; up to 40 numbers of an answer are kept as they are, of
longer ones a digest of the bytes.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS / "random"), str(TESTS.parent)]
from test_generator import LAYOUTS, RECORDED, digest, torch_results  # noqa: E402

INTEGER_RANGES: dict[str, list[list[int | None]]] = {
    "bool": [[], [0, 2], [1, 2], [0, None]],
    "int64": [
        [], [0, 10], [-7, 7], [0, 2**28 - 1], [0, 2**28], [0, 3 * 2**40], [5, None],
        [-(2**63), 2**63 - 1], [-(2**63), None],
    ],
    "float32": [
        [], [0, 10], [-(2**24), 2**24], [3, None], [0, 2**32], [-(2**26) - 3, None],
        [-(2**63), 2**63 - 1],
    ],
    "float64": [
        [], [0, 10], [-(2**53), 2**53], [3, None], [0, 2**60], [-(2**63), None],
    ],
}  # fmt: skip
UNIFORM_RANGES = [[], [0.0, 1.0], [-0.1, 0.1], [-1.0, 2.5], [1000.0, 1001.0], [0.0, 1e-44]]
NORMALS = [[], [0.0, 1.0], [0.3, 1.7], [-5.0, 0.01], [2.0, 0.0]]


def call(name: str, dtype: str, layout: str, shape: list[int], arguments: Any) -> dict[str, Any]:
    return {
        "call": name, "dtype": dtype, "layout": layout, "shape": shape, "arguments": arguments
    }  # fmt: skip


def streams() -> list[dict[str, Any]]:
    """One stream for each kind of call, then streams of mixed calls."""
    result = []
    for dtype in ("float32", "float64"):
        for layout in LAYOUTS:
            uniform = [call("uniform", dtype, layout, [3, 5], a) for a in UNIFORM_RANGES]
            normal = [call("normal", dtype, layout, [3, 5], a) for a in NORMALS]
            result.append({"name": f"{dtype} {layout}", "seed": 1, "calls": uniform + normal})
        sizes = [1, 2, 3, 15, 16, 17, 31, 32, 33, 40]
        normal = [call("normal", dtype, "contiguous", [1, n], [0.3, 1.7]) for n in sizes]
        result.append({"name": f"{dtype} normal sizes", "seed": 2, "calls": normal})
        long = [call("uniform", dtype, "contiguous", [1, 40000], a) for a in UNIFORM_RANGES]
        result.append({"name": f"{dtype} long uniform", "seed": 3, "calls": long})
    long = [call("normal", "float32", "contiguous", [1, 40001], a) for a in NORMALS]
    result.append({"name": "float32 long normal", "seed": 4, "calls": long})
    for dtype, ranges in INTEGER_RANGES.items():
        calls = [
            call("random", dtype, y, [n, 4], a) for a in ranges for y in LAYOUTS for n in (2, 300)
        ]
        result.append({"name": f"{dtype} random", "seed": 5, "calls": calls})
    lengths = [0, 1, 2, 3, 10, 1000, 100000, 200000]
    permutations = [{"call": "permutation", "arguments": [n]} for n in lengths]
    result.append({"name": "permutations", "seed": 6, "calls": permutations})
    for seed in (0, 42, 2**32 - 1, 2**32, 2**63, 2**64 - 1, -1, -(2**63)):
        result.append({"name": f"mixed after {seed}", "seed": seed, "calls": mixed(seed)})
    return result


def mixed(seed: int) -> list[dict[str, Any]]:
    choose = random.Random(seed)
    calls: list[dict[str, Any]] = []
    for _ in range(20):
        name = choose.choice(
            ["uniform", "normal", "normal", "random", "permutation", "manual_seed"]
        )
        if name == "permutation":
            calls.append({"call": name, "arguments": [choose.randint(0, 20)]})
        elif name == "manual_seed":
            calls.append({"call": name, "arguments": [choose.randint(0, 9)]})
        else:
            dtype = choose.choice(["float32", "float64"])
            ranges: Any = {
                "uniform": UNIFORM_RANGES,
                "normal": NORMALS,
                "random": INTEGER_RANGES[dtype],
            }
            shape = [choose.randint(1, 5), choose.randint(1, 7)]
            layout = choose.choice([*LAYOUTS])
            calls.append(call(name, dtype, layout, shape, choose.choice(ranges[name])))
    return calls


def record() -> None:
    recorded = streams()
    for stream in recorded:
        for each, answer in zip(stream["calls"], torch_results(stream), strict=True):
            if answer.size <= 40:
                each["values"] = answer.flatten().tolist()
            else:
                each["digest"] = digest(answer)
    lines = ",\n".join(json.dumps(stream) for stream in recorded)
    RECORDED.write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    record()
