"""Operations give PyTorch's numbers: those recorded, and live where installed."""

import json
import runpy
from pathlib import Path

import numpy as np
import pytest

import minigrad
from minigrad import fused

RECORDER = runpy.run_path(str(Path(__file__).with_name("record_operations.py")))
RECORDED = json.loads(RECORDER["RECORDED"].read_text())
OPERATIONS = RECORDED["operations"]
DTYPES = ("float32", "float64")


def names(cases, key):
    return [f"{number} {case[key]}" for number, case in enumerate(cases)]


NORMALISING = ("batch_norm", "layer_norm")
DEFINED = [case for case in OPERATIONS if not np.isnan(case["truth"]["out"]).all()]
every_operation = pytest.mark.parametrize("case", OPERATIONS, ids=names(OPERATIONS, "operation"))
every_dtype = pytest.mark.parametrize("dtype", DTYPES)


@pytest.fixture(scope="module")
def torch():
    torch = pytest.importorskip("torch")
    if not torch.__version__.startswith("2.13"):
        pytest.skip(f"recorded with torch {RECORDED['torch']}, installed is {torch.__version__}")
    threads = torch.get_num_threads()
    torch.set_num_threads(2)  # as recorded: how exact its batch_norm is depends on it
    yield torch
    torch.set_num_threads(threads)


def largest_input(case):
    return np.abs(np.nan_to_num(case["operands"]["x"], posinf=0, neginf=0)).max()


def conditioning(case, name):
    """How much more than a rounding of the result may be lost, through differences of inputs."""
    if name != "second":
        return 1.0
    return 20 * largest_input(case) if case["operation"] in NORMALISING else 2.0


@every_operation
def test_operations_in_float32_are_as_exact_as_torch(case):
    """No further from the truth than PyTorch, or two roundings of what was added up."""
    mine, torchs = RECORDER["evaluate"](minigrad, case, "float32"), case["results"]["float32"]
    for name, value in case["truth"].items():
        ours, theirs, exact = np.array(mine[name]), np.array(torchs[name]), np.array(value)
        assert ours.shape == exact.shape, name
        with np.errstate(invalid="ignore"):
            error, their_error = np.abs(ours - exact), np.abs(theirs - exact)
        magnitude = np.abs(exact[np.isfinite(exact)]).max(initial=0) * conditioning(case, name)
        allowed = np.maximum(their_error, 2 * np.finfo(np.float32).eps * magnitude)
        fine = (error <= allowed) | (ours == exact) | (np.isnan(ours) & np.isnan(exact))
        assert fine.all(), f"{name}: {ours} by minigrad, {theirs} by PyTorch, exactly {exact}"


@every_operation
def test_operations_in_float64_agree_with_torch(case):
    mine, theirs = RECORDER["evaluate"](minigrad, case, "float64"), case["results"]["float64"]
    # Their 1e-12, below which a denominator is clamped, is the float32 next to it.
    rtol = 5e-9 if case["operation"] == "binary_cross_entropy" else 1e-14
    offset = max(largest_input(case), 1.0) if case["operation"] in NORMALISING else 1.0
    for name, value in theirs.items():
        scale = np.abs(np.nan_to_num(value, posinf=0, neginf=0)).max(initial=0)
        atol = 1e-14 * offset * offset * max(scale, 1.0)
        np.testing.assert_allclose(mine[name], value, rtol=rtol, atol=atol, err_msg=name)


@pytest.mark.parametrize("case", DEFINED, ids=names(DEFINED, "operation"))
def test_gradients_are_the_adjoint_of_the_derivative(case):
    """<v, J u> = <Jᵀ v, u>, with J u from the gradient of v's gradient."""
    given = {
        name: None if values is None else minigrad.tensor(smooth(values))
        for name, values in case["operands"].items()
    }
    wanted = [given[name].requires_grad_() for name in case["wanted"]]
    out = RECORDER["apply"](minigrad, case, given)
    drawn = np.random.default_rng(0)
    v, *directions = (
        minigrad.tensor(drawn.uniform(-1, 1, tuple(x.shape)), dtype=minigrad.float64)
        for x in (out, *wanted)
    )
    v.requires_grad_()
    back = minigrad.autograd.grad(out, wanted, v.detach(), retain_graph=True)
    again = minigrad.autograd.grad(out, wanted, v, create_graph=True)
    (forward,) = minigrad.autograd.grad(again, v, directions)
    terms = [(v * forward).detach().numpy()]
    terms += [-(x * u).numpy() for x, u in zip(back, directions, strict=True)]
    scale = sum(np.abs(each).sum() for each in terms)
    assert np.isfinite(scale)
    assert abs(sum(each.sum() for each in terms)) <= 1e-9 * scale


def smooth(values):
    """Operands in float64, infinities brought to where functions still have a derivative."""
    array = RECORDER["array_of"](values, "float64")
    return array if array.dtype.kind == "i" else np.clip(array, -200.0, 1200.0)


def test_every_operation_is_recorded():
    recorded = {case["operation"] for case in OPERATIONS}
    assert recorded == {name.removesuffix("_inference") for name in fused.registry}
    assert RECORDED["torch"].startswith("2.13")


@every_dtype
@every_operation
def test_what_is_recorded_is_what_torch_gives(case, dtype, torch):
    theirs = RECORDER["evaluate"](torch, case, dtype)
    for name, value in case["results"][dtype].items():
        scale = np.abs(np.nan_to_num(value, posinf=0, neginf=0)).max(initial=0)
        eps = 100 * np.finfo(dtype).eps
        np.testing.assert_allclose(theirs[name], value, rtol=eps, atol=eps * scale, err_msg=name)
