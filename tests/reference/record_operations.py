"""Record in operations.json what PyTorch computes: python tests/reference/record_operations.py

Operations with their gradients at telling inputs. The functions below take the library as an
argument: the tests give them minigrad.
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
    (_, first), *others = given.items()
    function = getattr(functional, case["operation"].removesuffix("_of_probabilities"))
    return function(first, **dict(others), **attributes)


def evaluate(library: Any, case: Case, dtype: str) -> Results:
    """The output, the gradients, and the gradient of the first gradient."""
    chosen = getattr(library, dtype)
    given = {
        name: None if values is None else library.tensor(array_of(values, dtype))
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


def array_of(values: Any, dtype: str) -> Any:
    """The values in a dtype, but whole numbers, which name classes, as they are."""
    array = np.array(values)
    return array if array.dtype.kind == "i" else array.astype(dtype)


def plain(tensor: Any) -> Any:
    """Nested lists of the shortest numbers that give the tensor's elements back."""
    array = tensor.detach().numpy()
    return np.vectorize(lambda each: float(str(each)), otypes=[float])(array).tolist()


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
    for shape, row, shift in (((6, 3), 3, 0.0), ((2, 3, 4), 4, 1000.0)):
        operands = {"x": normal(*shape, shift=shift), "weight": normal(row), "bias": normal(row)}
        cases.append(case("layer_norm", operands, ["x", "weight", "bias"], True,
                          normalized_shape=[row]))  # fmt: skip
    return cases + activations() + losses_of_differences() + losses_of_classes()


def activations() -> list[Case]:
    infinity = float("inf")
    finite = [-110.0, -88.5, -20.0, -5.5, -1.0, -1e-8, -0.0, 0.0, 1e-8, 0.5, 3.0, 16.7, 89.0]
    x, ends = {"x": finite}, {"x": [-infinity, *finite, infinity]}
    rows = {"x": [[0.5, -1.0, 3.0], [100.0, 0.0, -20.0], [1e-8, 0.0, 0.0]]}
    cases = [case("tanh", ends, ["x"], True), case("selu", ends, ["x"], True)]
    cases += [case("silu", x, ["x"], True), case("gelu", x, ["x"], True)]
    cases.append(case("gelu", x, ["x"], True, approximate="tanh"))
    for slope in (0.01, -2.0):
        cases.append(case("leaky_relu", ends, ["x"], False, negative_slope=slope))
    for beta, threshold in ((1.0, 20.0), (0.5, 3.0)):
        cases.append(case("softplus", ends, ["x"], True, beta=beta, threshold=threshold))
    for dim in (0, 1):
        cases += [case(name, rows, ["x"], True, dim=dim) for name in ("softmax", "log_softmax")]
    # So improbable a loss of an element that what is drawn does not matter.
    return [*cases, case("dropout", x, ["x"], False, p=1e-12)]


def losses_of_differences() -> list[Case]:
    operands = {
        "x": [0.5, -1.0, 3.0, 100.0, 1e-4, 2.0, -0.0, 1.25],
        "target": [0.5, 1.0, 2.5, -20.0, 0.0, 1.0, 0.0, 1.5],
    }
    both, cases = ["x", "target"], []
    for reduction in ("none", "mean", "sum"):
        cases.append(case("l1_loss", operands, both, False, reduction=reduction))
        for edge in (0.25, 2.0):
            for name, argument in (("smooth_l1_loss", "beta"), ("huber_loss", "delta")):
                attributes = {"reduction": reduction, argument: edge}
                cases.append(case(name, operands, both, True, **attributes))
    return cases


def losses_of_classes() -> list[Case]:
    cases, reductions = [], ("none", "mean", "sum")
    rows = [[0.5, -1.0, 3.0], [100.0, 0.0, -20.0], [1e-8, 0.0, 0.0], [-1000.0, 1000.0, 2.0]]
    pixels = [[[0.5, 20.0], [3.0, -1.0], [0.0, 0.25]], [[-2.0, 1.0], [4.0, 1.0], [0.0, -40.0]]]
    weight = [1.0, 2.0, 0.5]
    for name, settings in (
        ("nll_loss", ({},)), ("cross_entropy", ({}, {"label_smoothing": 0.25})),
    ):  # fmt: skip
        for x, target in ((rows, [0, 1, -100, 2]), (pixels, [[2, 0], [1, 1]]), (rows[0], 1)):
            for given, reduction in ((None, "mean"), *((weight, each) for each in reductions)):
                operands = {"x": x, "target": target, "weight": given}
                cases += [case(name, operands, ["x"], name == "cross_entropy",
                               reduction=reduction, **more) for more in settings]  # fmt: skip
        none_counts = {"x": rows[:2], "target": [7, 7]}
        cases.append(case(name, none_counts, ["x"], False, ignore_index=7))
    shares = [[0.25, 0.5, 0.25], [0.0, 0.0, 1.0], [0.5, 0.5, 0.0], [1.0, 0.0, 0.0]]
    for reduction in reductions:
        for given, smoothing in ((None, 0.0), (weight, 0.0), (weight, 0.25)):
            operands = {"x": rows, "target": shares, "weight": given}
            cases.append(case("cross_entropy_of_probabilities", operands, ["x", "target"], True,
                              reduction=reduction, label_smoothing=smoothing))  # fmt: skip
    logits = [-110.0, -88.5, -20.0, -1.0, -1e-8, 0.0, 0.5, 3.0, 16.7, 89.0]
    target = [0.0, 1.0, 0.25, 1.0, 0.5, 1.0, 0.0, 0.75, 1.0, 0.0]
    weights = [1.0, 2.0, 0.5, 1.0, 0.0, 3.0, 1.0, 1.5, 0.25, 1.0]
    for reduction in reductions:
        for given, positive in ((None, None), (weights, None), (weights, weights[::-1])):
            operands = {"x": logits, "target": target, "weight": given, "pos_weight": positive}
            cases.append(case("binary_cross_entropy_with_logits", operands, ["x", "target"], True,
                              reduction=reduction))  # fmt: skip
    return cases


def record() -> None:
    import torch

    found: list[Any] = []
    for each in operations():
        results = {dtype: evaluate(torch, each, dtype) for dtype in DTYPES}
        widened = {
            **each,
            "operands": {
                name: None if values is None else array_of(values, "float32").tolist()
                for name, values in each["operands"].items()
            },
        }
        truth = evaluate(torch, widened, "float64")
        found.append({**each, "results": results, "truth": truth})
    lines = ",\n".join(json.dumps(each) for each in found)
    version = json.dumps(torch.__version__)
    RECORDED.write_text(f'{{\n"torch": {version},\n"operations": [\n{lines}\n]\n}}\n')


if __name__ == "__main__":
    sys.exit(record())
