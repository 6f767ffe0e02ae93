"""Kernels: how operands arrive, what a status raises, and what is said of a wrong operand."""

import pickle
import subprocess
import sys

import numpy as np
import pytest

import minigrad as torch
from minigrad.arrays import fill
from minigrad.kernels.kernel import (
    Flat,
    Matrix,
    Scalar,
    ScalarOfFloat64,
    Vector,
    VectorOfFloat64,
    kernel,
)


@kernel(writes=("out",), errors={3: ValueError("a value is negative")})
def scaled(
    x: Matrix,
    factors: Vector,
    wide: VectorOfFloat64,
    alpha: Scalar,
    beta: ScalarOfFloat64,
    out: Flat,
) -> int:
    position = 0
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            if x[n, c] < 0:
                return 3
            out[position] = x[n, c] * factors[c] * alpha + wide[c] * beta
            position += 1
    return 0


def operands(dtype=np.float32):
    x = np.arange(6.0).reshape(2, 3).astype(dtype)
    factors, wide = np.array([1.0, 2.0, 3.0], dtype), np.array([0.5, 0.25, 1e-9])
    return [x, factors, wide, 2.0, 4.0, np.empty((3, 2), dtype)]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_operands_arrive(dtype):
    given = operands(dtype)
    scaled(*given)
    x, factors, wide, alpha, beta, out = given
    expected = (x * factors * alpha + wide * beta).astype(dtype)
    np.testing.assert_array_equal(out.ravel(), expected.ravel())
    assert repr(scaled) == "<kernel test_kernel.scaled(x, factors, wide, alpha, beta, out)>"
    assert scaled.writes == (5,)


def test_a_status_raises_its_error():
    given = operands()
    given[0][1, 2] = -1
    for _ in range(2):
        with pytest.raises(ValueError, match="a value is negative"):
            scaled(*given)


def replaced(position, value):
    given = operands()
    given[position] = value
    return given


@pytest.mark.parametrize(
    ("position", "value", "was", "expected"),
    [
        (0, np.ones((2, 3, 1), np.float32), r"shape \(2, 3, 1\)", "float32 with 2 dimensions"),
        (
            0,
            np.ones((3, 2), np.float32).T,
            r"strides \(4, 8\)",
            "a C-contiguous.* array of float32",
        ),
        (1, np.ones(3), "float64", "float32 with 1 dimension"),
        (2, np.ones(3, np.float32), "float32", "float64 with 1 dimension"),
        (3, 2, "int 2", "a Python float"),
        (4, np.float64(2.0), "float64", "a Python float"),
        (5, None, "NoneType None", "float32 with any shape"),
        (5, [1.0], "list", "float32 with any shape"),
    ],
)
def test_a_wrong_operand_is_named_with_what_it_is_and_should_be(position, value, was, expected):
    name = scaled.parameters[position]
    message = rf"kernel test_kernel.scaled: operand '{name}' is .*{was}.*expected .*{expected}"
    with pytest.raises(TypeError, match=message):
        scaled(*replaced(position, value))


def test_unaligned_memory_is_refused():
    memory = np.zeros(25, np.uint8)
    with pytest.raises(TypeError, match="operand 'x'"):
        scaled(*replaced(0, memory[1:].view(np.float32).reshape(2, 3)))


def test_parameters_must_be_annotated():
    with pytest.raises(TypeError, match="parameter 'x' must be annotated as Flat, Vector, Matrix"):

        @kernel(writes=("x",))
        def wrong(x):
            x[0] = 1


PROGRAM = """
import sys
sys.path[:0] = {path!r}
import numpy as np
import minigrad as torch
from minigrad import ops
from minigrad.kernels import machine
from minigrad.ops.elu import forward
torch.manual_seed(0)
x = torch.randn(4, 3, requires_grad=True)
weight = torch.randn(2, 3, requires_grad=True)
loss = ops.elu(ops.linear(x, weight), 0.5).sum()
loss.backward()
print(machine.pack_and_call.__name__, loss.array.tobytes().hex(), x.grad.array.tobytes().hex())
try:
    forward(np.ones(2, np.float32), 1, np.ones(2, np.float32))
except TypeError as error:
    print(error)
"""


def test_plain_packing_gives_the_same():
    answers = []
    for plain in ("0", "1"):
        answer = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(path=sys.path)],
            env={**__import__("os").environ, "MINIGRAD_PLAIN_PACKING": plain},
            capture_output=True,
            text=True,
            check=True,
        )
        how, *rest = answer.stdout.split(maxsplit=1)
        answers.append((how, rest))
    assert answers[0][0] != answers[1][0]
    assert answers[0][1] == answers[1][1]
    assert "operand 'alpha' is int 1; expected a Python float" in answers[1][1][0]


def test_a_wrong_number_of_operands_is_refused():
    with pytest.raises(TypeError, match=r"takes 6 operands \(x, .*\), got 1"):
        scaled(np.ones((2, 3), np.float32))


def test_what_is_read_only_is_not_written():
    constant = np.frombuffer(b"\0" * 8, np.float32)
    with pytest.raises(TypeError, match="writeable"):
        fill(constant, 1.0)


def test_an_equal_dtype_that_is_another_object_spoils_nothing():
    array = pickle.loads(pickle.dumps(np.ones(3, np.float32)))
    for tensor in (torch.tensor(array, dtype=torch.float32), torch.from_numpy(array)):
        assert torch.sigmoid(tensor).tolist() == torch.sigmoid(torch.ones(3)).tolist()
