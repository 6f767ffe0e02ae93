"""Record in optimisers.json what PyTorch computes: python tests/reference/record_optimisers.py

The first steps of the optimisers, and where 500 steps lead. The functions below take the library
as an argument: the tests give them minigrad.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

RECORDED = Path(__file__).with_name("optimisers.json")
DTYPES = ("float32", "float64")
Case = dict[str, Any]
Results = dict[str, Any]

START = [1.0, -2.0, 0.0, 3.0]
GRADIENTS = [
    [0.5, -1.0, 0.25, 10.0], [0.4, 0.0, -0.25, -10.0], [0.3, 1.0, 1e-4, 0.0],
    [-0.2, 2.0, 0.0, 1.0], [0.1, 0.0, 5.0, 1.0],
]  # fmt: skip

SETTINGS: dict[str, list[dict[str, Any]]] = {
    "SGD": [
        {"lr": 0.1}, {"lr": 0.1, "weight_decay": 0.01}, {"lr": 0.1, "maximize": True},
        {"lr": 0.1, "momentum": 0.9}, {"lr": 0.1, "momentum": 0.9, "nesterov": True},
        {"lr": 0.1, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.01, "maximize": True},
    ],
    "Adam": [
        {}, {"lr": 0.1, "amsgrad": True}, {"lr": 0.1, "weight_decay": 0.1, "maximize": True},
        {"lr": 0.01, "betas": (0.5, 0.9), "eps": 1e-3, "weight_decay": 0.01, "amsgrad": True},
        {"lr": 0.01, "betas": (0.3, 0.9), "weight_decay": 0.5, "decoupled_weight_decay": True},
    ],
    "AdamW": [
        {}, {"lr": 0.1, "amsgrad": True, "weight_decay": 0.3}, {"lr": 0.1, "maximize": True},
    ],
    "RMSprop": [
        {}, {"lr": 0.1, "weight_decay": 0.1, "maximize": True}, {"momentum": 0.9, "alpha": 0.9},
        {"centered": True, "alpha": 0.3, "eps": 1e-3}, {"centered": True, "momentum": 0.5},
    ],
    "Adagrad": [
        {}, {"lr": 0.1, "lr_decay": 0.1, "weight_decay": 0.1, "maximize": True},
        {"lr": 0.5, "initial_accumulator_value": 0.5, "eps": 1e-3},
    ],
}  # fmt: skip


def plain(tensor: Any) -> Any:
    """Nested lists of the shortest numbers that give the tensor's elements back."""
    array = tensor.detach().numpy()
    return np.vectorize(lambda each: float(str(each)), otypes=[float])(array).tolist()


def condition(optimizer: Any, param: Any) -> Results:
    """The parameter and its state."""
    state = {
        name: plain(kept) for name, kept in optimizer.state[param].items() if kept is not None
    }
    return {"param": plain(param), **state}


def steps(library: Any, case: Case, dtype: str) -> list[Results]:
    """Parameters and state after each of five steps."""
    param = library.tensor(np.array(START, dtype)).requires_grad_()
    optimizer = getattr(library.optim, case["optimiser"])([param], **case["settings"])
    results = []
    for gradient in GRADIENTS:
        param.grad = library.tensor(np.array(gradient, dtype))
        optimizer.step()
        results.append(condition(optimizer, param))
    return results


def after_500(library: Any, case: Case, dtype: str) -> Results:
    """A parameter and its state after 500 steps whose gradients swing and are 0 at times."""
    param = library.tensor(np.array(START * 3, dtype)).requires_grad_()
    optimizer = getattr(library.optim, case["optimiser"])([param], **case["settings"])
    places = np.arange(param.numel())
    for step in range(500):
        swing = np.sin(0.7 * step + places) + 0.25 * np.cos(places)
        param.grad = library.tensor(np.where((step + places) % 5 == 0, 0.0, swing).astype(dtype))
        optimizer.step()
    return condition(optimizer, param)


def cases() -> list[Case]:
    return [
        {"optimiser": name, "settings": settings}
        for name, listed in SETTINGS.items()
        for settings in listed
    ]


def record() -> None:
    import torch

    found = [
        {
            **case,
            "steps": {dtype: steps(torch, case, dtype) for dtype in DTYPES},
            "after_500": {dtype: after_500(torch, case, dtype) for dtype in DTYPES},
        }
        for case in cases()
    ]
    lines = ",\n".join(json.dumps(each) for each in found)
    version = json.dumps(torch.__version__)
    RECORDED.write_text(f'{{\n"torch": {version},\n"optimisers": [\n{lines}\n]\n}}\n')


if __name__ == "__main__":
    sys.exit(record())
