"""The script in a failure's message has three lines, and fails as well, in a new process."""

import subprocess
import sys

import numpy as np
import pytest

import minigrad as torch
from minigrad.testing import GradientError, gradcheck
from minigrad.testing.strategies import LAYOUTS, laid_out, tensor_of


def wrong(x):
    return x * x.detach()


class Wrong(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, grad):
        return grad


class WrongModule(torch.nn.Linear):
    def forward(self, x):
        return super().forward(x.detach())


def failure(function, inputs, **options):
    with pytest.raises(GradientError) as caught:
        gradcheck(function, inputs, **options)
    return caught.value


def script_of(error):
    script = str(error).partition("to repeat it:\n")[2]
    lines = [line.removeprefix("    ") for line in script.splitlines()]
    assert len(lines) == 3
    return "\n".join(lines)


def said(error):
    return str(error).partition("  to repeat it:")[0]


def leaf(array):
    return torch.tensor(array, dtype=torch.float64, requires_grad=True)


@pytest.mark.parametrize(
    ("function", "inputs", "options"),
    [
        (wrong, leaf([0.1, 1 / 3]), {}),
        (Wrong.apply, leaf(3.0), {"seed": 5, "rtol": 1e-8}),
        (lambda x: torch.relu(x) + x.detach(), leaf([1.0, 2.0]), {}),
        (wrong, leaf(np.random.default_rng(0).standard_normal((20, 20))), {}),
        (lambda x, n: x.detach() * n, [torch.ones(2, requires_grad=True), 3], {}),
        (np.exp, np.array([1.0, 2.0]), {"gradient": lambda grad, x: -grad * np.exp(x)}),
        (np.square, [3.0], {"gradient": lambda grad, x: grad * x, "limit": 0}),
    ],
    ids=["a function", "a Function", "a lambda", "many", "float32", "NumPy", "a number"],
)
def test_the_script_repeats_the_failure(function, inputs, options):
    error = failure(function, inputs, **options)
    with pytest.raises(GradientError) as again:
        exec(script_of(error), {})
    assert said(again.value) == said(error)


def test_it_does_so_in_a_new_process():
    error = failure(Wrong.apply, leaf(3.0))
    script = script_of(error)
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=".")
    assert ran.returncode == 1
    assert f"GradientError: {said(error)}" in ran.stderr.replace("minigrad.testing.failure.", "")


@pytest.mark.parametrize("layout", sorted(set(LAYOUTS) - {"unaligned"}))
def test_the_script_has_the_layout(layout):
    x = tensor_of(laid_out(np.arange(6.0).reshape(2, 3), layout), requires_grad=True)
    names = {}
    exec("\n".join(script_of(failure(wrong, x)).splitlines()[:2]).partition("; ")[2], names)
    (made,) = names["inputs"]
    assert made.tolist() == x.tolist() and made.requires_grad
    assert made.array.strides == x.array.strides


def test_a_module_is_kept_with_its_weights(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    error = failure(WrongModule(2, 1), torch.ones(1, 2, requires_grad=True))
    assert not list(tmp_path.iterdir())  # nothing is written before the message is read
    assert "func, inputs = pickle.load(" in script_of(error)
    assert len(list(tmp_path.iterdir())) == 1


def test_what_is_local_is_said_to_be():
    scale = 2.0

    def local(x):
        return x.detach() * scale

    error = failure(local, leaf(1.0))
    assert "# local is in test_reproduction.py, line " in script_of(error)
    assert "# scale: see test_reproduction.py, line " in script_of(
        failure(lambda x: x.detach() * scale, leaf(1.0))
    )
