"""Optimisers give PyTorch's numbers: those recorded, and live where PyTorch is installed."""

import json
import runpy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import minigrad

RECORDER = runpy.run_path(str(Path(__file__).with_name("record_optimisers.py")))
RECORDED = json.loads(RECORDER["RECORDED"].read_text())
CASES = RECORDED["optimisers"]
DTYPES = ("float32", "float64")

every_case = pytest.mark.parametrize(
    "case", CASES, ids=[f"{number} {case['optimiser']}" for number, case in enumerate(CASES)]
)
every_dtype = pytest.mark.parametrize("dtype", DTYPES)


@pytest.fixture(scope="module")
def torch():
    torch = pytest.importorskip("torch")
    if not torch.__version__.startswith("2.13"):
        pytest.skip(f"recorded with torch {RECORDED['torch']}, installed is {torch.__version__}")
    return torch


def check(ours, theirs, roundings, message=""):
    """Compare parameter and state, up to roundings of the largest element."""
    assert set(ours) == set(theirs)
    for name, values in theirs.items():
        scale = max(np.abs(values).max(initial=0), 1.0)
        np.testing.assert_allclose(
            ours[name], values, rtol=0, atol=roundings * scale, err_msg=f"{message}{name}"
        )


@every_dtype
@every_case
def test_first_steps(case, dtype):
    mine = RECORDER["steps"](minigrad, case, dtype)
    for number, (ours, theirs) in enumerate(zip(mine, case["steps"][dtype], strict=True)):
        check(ours, theirs, 8 * np.finfo(dtype).eps, f"step {number + 1}: ")


@every_dtype
@every_case
def test_500_steps(case, dtype):
    ours = RECORDER["after_500"](minigrad, case, dtype)
    check(ours, case["after_500"][dtype], 100 * np.finfo(dtype).eps)


def test_every_optimiser_is_recorded():
    known = set(minigrad.optim.__all__) - {"Optimizer", "lr_scheduler"}
    assert {case["optimiser"] for case in CASES} == known
    assert RECORDED["torch"].startswith("2.13")


@every_dtype
@every_case
def test_what_is_recorded_is_what_torch_gives(case, dtype, torch):
    # To a quarter of what ours may differ by: PyTorch's own last bits depend on the processor.
    steps = RECORDER["steps"](torch, case, dtype)
    for theirs, recorded in zip(steps, case["steps"][dtype], strict=True):
        check(theirs, recorded, 2 * np.finfo(dtype).eps)
    after = RECORDER["after_500"](torch, case, dtype)
    check(after, case["after_500"][dtype], 25 * np.finfo(dtype).eps)


SWITCHES = {
    "SGD": {
        "momentum": st.sampled_from([0.0, 0.5, 0.9]),
        "dampening": st.sampled_from([0.0, 0.3]),
        "nesterov": st.booleans(),
    },
    "Adam": {
        "betas": st.tuples(*[st.floats(0.0, 0.999)] * 2),
        "eps": st.sampled_from([1e-8, 1e-3]),
        "amsgrad": st.booleans(),
        "decoupled_weight_decay": st.booleans(),
    },
    "RMSprop": {
        "alpha": st.floats(0.3, 0.99),
        "eps": st.sampled_from([1e-2, 1e-1]),
        "momentum": st.sampled_from([0.0, 0.5]),
        "centered": st.booleans(),
    },
    "Adagrad": {
        "lr_decay": st.floats(0.0, 1.0),
        "initial_accumulator_value": st.sampled_from([0.0, 0.5]),
        "eps": st.sampled_from([1e-10, 1e-3]),
    },
}
SWITCHES["AdamW"] = {key: SWITCHES["Adam"][key] for key in ("betas", "eps", "amsgrad")}


@st.composite
def runs(draw, optimiser):
    """Settings of two groups, and a seed of what happens in 500 steps."""
    shared = {
        "lr": st.floats(1e-4, 1e-2),
        "weight_decay": st.sampled_from([0.0, 0.01, 0.3]),
        "maximize": st.booleans(),
    }
    groups = [draw(st.fixed_dictionaries({**shared, **SWITCHES[optimiser]})) for _ in range(2)]
    for group in groups:
        if group.get("nesterov"):
            group.update(momentum=group["momentum"] or 0.5, dampening=0.0)
        if "initial_accumulator_value" in group:
            group["initial_accumulator_value"] = groups[0]["initial_accumulator_value"]
    return groups, draw(st.integers(0, 1000))


def train(library, optimiser, groups, seed, dtype):
    """500 steps, in which gradients are missing, zero and set anew, and rates change."""
    draw = np.random.default_rng(seed)
    shapes = [(3, 4), (5,), (), (2, 1, 3)]
    params = [library.tensor(draw.standard_normal(shape).astype(dtype)) for shape in shapes]
    params = [each.requires_grad_() for each in params]
    listed = [{**group, "params": params[2 * k : 2 * k + 2]} for k, group in enumerate(groups)]
    optimizer = getattr(library.optim, optimiser)(listed, **groups[0])
    for step in range(500):
        for param in params:
            grad = draw.standard_normal(tuple(param.shape)) * (draw.random() < 0.9)
            param.grad = library.tensor(np.asarray(grad, dtype)) if draw.random() < 0.8 else None
        if step % 100 == 99:
            optimizer.param_groups[step // 100 % 2]["lr"] *= 0.5
        optimizer.step()
    return [RECORDER["condition"](optimizer, param) for param in params]


@every_dtype
@pytest.mark.parametrize("optimiser", SWITCHES)
@settings(max_examples=4)
@given(data=st.data())
def test_500_steps_beside_torch(optimiser, dtype, data, torch):
    groups, seed = data.draw(runs(optimiser))
    ours = train(minigrad, optimiser, groups, seed, dtype)
    theirs = train(torch, optimiser, groups, seed, dtype)
    for mine, other in zip(ours, theirs, strict=True):
        check(mine, other, 1000 * np.finfo(dtype).eps)
