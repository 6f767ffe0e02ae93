"""Record in operations.json what PyTorch computes: python tests/reference/record_operations.py

Operations with their gradients at telling inputs, and the first steps of the optimisers. The
functions below take the library as an argument: the tests give them minigrad.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

RECORDED = Path(__file__).with_name("operations.json")
DTYPES = ("float32", "float64")
Case = dict[str, Any]
Results = dict[str, Any]


def apply(library: Any, case: Case, given: dict[str, Any]) -> Any:
    """The operation of a case on tensors of the library."""
    functional, attributes = library.nn.functional, case["attributes"]
    if case["operation"] == "batch_norm":
        names = ("x", "running_mean", "running_var", "weight", "bias")
        return functional.batch_norm(*[given.get(name) for name in names], **attributes)
    if case["operation"] == "sigmoid":
        return library.sigmoid(given["x"])
    return getattr(functional, case["operation"])(*given.values(), **attributes)


def evaluate(library: Any, case: Case, dtype: str) -> Results:
    """The output, the gradients, and the gradient of the first gradient."""
    chosen = getattr(library, dtype)
    given = {
        name: None if values is None else library.tensor(np.array(values, dtype))
        for name, values in case["operands"].items()
    }
    wanted = [given[name].requires_grad_() for name in case["wanted"]]
    out = apply(library, case, given)
    weights = np.linspace(0.5, 2.0, out.numel()).reshape(tuple(out.shape)).astype(dtype)
    cotangent = library.tensor(weights, dtype=chosen)
    gradients = library.autograd.grad(out, wanted, cotangent, retain_graph=True)
    results = {"out": out, **dict(zip(case["wanted"], gradients, strict=True))}
    if case["second"]:
        gradients = library.autograd.grad(out, wanted, cotangent, create_graph=True)
        start = library.tensor(np.cos(np.arange(wanted[0].numel())).reshape(wanted[0].shape))
        start = start.to(chosen)
        (results["second"],) = library.autograd.grad(gradients[0], wanted[0], start)
    for name in ("running_mean", "running_var"):
        if given.get(name) is not None:
            results[name] = given[name]
    return {name: plain(result) for name, result in results.items()}


def plain(tensor: Any) -> Any:
    """Nested lists of the shortest numbers that give the tensor's elements back."""
    array = tensor.detach().numpy()
    return np.vectorize(lambda each: float(str(each)), otypes=[float])(array).tolist()


def steps(library: Any, case: Case, dtype: str) -> list[Results]:
    """Parameters and state after each of five steps."""
    param = library.tensor(np.array(case["start"], dtype)).requires_grad_()
    optimizer = getattr(library.optim, case["optimiser"])([param], **case["settings"])
    results = []
    for gradient in case["gradients"]:
        param.grad = library.tensor(np.array(gradient, dtype))
        optimizer.step()
        state = {name: plain(kept) for name, kept in optimizer.state[param].items()
                 if kept is not None}  # fmt: skip
        results.append({"param": plain(param), **state})
    return results


def case(
    operation: str, operands: dict[str, Any], wanted: list[str], second: bool, **attributes: Any
) -> Case:
    return {
        "operation": operation, "operands": operands, "wanted": wanted, "second": second,
        "attributes": attributes,
    }  # fmt: skip


def operations() -> list[Case]:
    draw = np.random.default_rng(0)

    def normal(*shape: int, scale: float = 1.0, shift: float = 0.0) -> Any:
        return np.round(draw.standard_normal(shape) * scale + shift, 4).tolist()

    infinity = float("inf")
    edges = [-infinity, -110.0, -88.5, -20.0, -1.0, -1e-8, -0.0, 0.0, 1e-8, 0.5, 16.7, 17.5, 89.0,
             infinity]  # fmt: skip
    cases = [case("relu", {"x": edges}, ["x"], False), case("sigmoid", {"x": edges}, ["x"], True)]
    cases += [case("elu", {"x": edges}, ["x"], True, alpha=alpha) for alpha in (1.0, 0.5, -2.0)]
    for shape in ((3, 2), (2, 3, 2), (2,)):
        operands = {"x": normal(*shape), "weight": normal(4, 2), "bias": normal(4)}
        cases.append(case("linear", operands, ["x", "weight", "bias"], False))
    p, target = [0.0, 1.0, 0.0, 1.0, 1e-7, 0.25, 0.999], [0.0, 1.0, 1.0, 0.0, 1.0, 0.5, 0.25]
    weight = [1.0, 2.0, 0.5, 1.0, 0.0, 3.0, 1.0]
    for reduction in ("none", "mean", "sum"):
        for weights in (None, weight):
            operands = {"p": p, "target": target, "weight": weights}
            cases.append(case("binary_cross_entropy", operands, ["p"], False, reduction=reduction))
        operands = {"x": normal(2, 3), "target": normal(2, 3)}
        cases.append(case("mse_loss", operands, ["x", "target"], True, reduction=reduction))
    for shape, shift in (((6, 3), 0.0), ((2, 3, 4), 0.0), ((6, 3), 1000.0)):
        for training in (True, False):
            operands = {"x": normal(*shape, shift=shift), "weight": normal(3), "bias": normal(3),
                        "running_mean": normal(3), "running_var": [0.5, 1.0, 2.0]}  # fmt: skip
            cases.append(case("batch_norm", operands, ["x", "weight", "bias"], training,
                              training=training, momentum=0.1, eps=1e-5))  # fmt: skip
    constant = {"x": [[100.1]] * 5}
    cases.append(case("batch_norm", constant, ["x"], False, training=True, eps=1e-5))
    return cases


def optimisers() -> list[Case]:
    start, gradients = [1.0, -2.0, 0.0, 3.0], [
        [0.5, -1.0, 0.25, 10.0], [0.4, 0.0, -0.25, -10.0], [0.3, 1.0, 1e-4, 0.0],
        [-0.2, 2.0, 0.0, 1.0], [0.1, 0.0, 5.0, 1.0],
    ]  # fmt: skip
    sgd = [
        {"lr": 0.1}, {"lr": 0.1, "weight_decay": 0.01}, {"lr": 0.1, "maximize": True},
        {"lr": 0.1, "momentum": 0.9}, {"lr": 0.1, "momentum": 0.9, "nesterov": True},
        {"lr": 0.1, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.01, "maximize": True},
    ]  # fmt: skip
    adam = [
        {}, {"lr": 0.1, "amsgrad": True}, {"lr": 0.1, "weight_decay": 0.1, "maximize": True},
        {"lr": 0.01, "betas": (0.5, 0.9), "eps": 1e-3, "weight_decay": 0.01, "amsgrad": True},
    ]  # fmt: skip
    return [
        {"optimiser": name, "settings": settings, "start": start, "gradients": gradients}
        for name, listed in (("SGD", sgd), ("Adam", adam))
        for settings in listed
    ]


def record() -> None:
    import torch

    found: dict[str, Any] = {"torch": torch.__version__, "operations": [], "optimisers": []}
    for each in operations():
        results = {dtype: evaluate(torch, each, dtype) for dtype in DTYPES}
        widened = {
            **each,
            "operands": {
                name: None if values is None else np.array(values, "float32").tolist()
                for name, values in each["operands"].items()
            },
        }
        truth = evaluate(torch, widened, "float64")
        found["operations"].append({**each, "results": results, "truth": truth})
    for each in optimisers():
        results = {dtype: steps(torch, each, dtype) for dtype in DTYPES}
        found["optimisers"].append({**each, "results": results})
    lines = [
        f'"{key}": [\n' + ",\n".join(json.dumps(each) for each in found[key]) + "\n]"
        for key in ("operations", "optimisers")
    ]
    version = json.dumps(found["torch"])
    RECORDED.write_text("{\n" + f'"torch": {version},\n' + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    sys.exit(record())
