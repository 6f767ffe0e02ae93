"""Each fault of an operation is found, by the duty that it offends, and a right one passes."""

import importlib
import math

import numpy as np
import pytest

from minigrad.functions.comparison import where
from minigrad.fused import Fused, registry
from minigrad.kernels.kernel import Flat, Matrix, Scalar, kernel
from minigrad.launch import empty, launch
from minigrad.ops import relu
from minigrad.ops.relu import fused as relu_operation
from minigrad.tensor import tensor_of
from minigrad.testing import OperationError, check_operation
from minigrad.testing.duties import DUTIES
from minigrad.testing.operations.sample import Sample


def bent(x, alpha):
    """x² · alpha right of 0, and x left of it."""
    right = where(x > 0, x, 0.0)  # so that no square of NaN has a gradient
    return where(x > 0, right * right * alpha, x)


@kernel(writes=("out",), elementwise=True)
def forward(x: Flat, alpha: Scalar, out: Flat) -> None:
    for i in range(x.size):
        out[i] = x[i] * x[i] * alpha if x[i] > 0 else x[i]


@kernel(writes=("grad_x",), elementwise=True)
def backward(grad: Flat, x: Flat, alpha: Scalar, grad_x: Flat) -> None:
    for i in range(x.size):
        grad_x[i] = grad[i] * 2 * x[i] * alpha if x[i] > 0 else grad[i]


@kernel(writes=("out",))
def wrong_in_the_tail(x: Flat, alpha: Scalar, out: Flat) -> None:
    whole = x.size - x.size % 4
    for i in range(x.size):
        out[i] = x[i] * x[i] * alpha if x[i] > 0 and i < whole else x[i]


@kernel(writes=("out",))
def the_last_is_not_written(x: Flat, alpha: Scalar, out: Flat) -> None:
    for i in range(x.size - 1 if x.size > 2 else x.size):
        out[i] = x[i] * x[i] * alpha if x[i] > 0 else x[i]


@kernel(writes=("out",))
def one_more_is_written(x: Flat, alpha: Scalar, out: Flat) -> None:
    for i in range(x.size):
        out[i] = x[i] * x[i] * alpha if x[i] > 0 else x[i]
    if x.size:
        out[x.size] = 0


@kernel(writes=("out",))
def one_more_is_read(x: Flat, alpha: Scalar, out: Flat) -> None:
    for i in range(x.size):
        out[i] = x[i] * x[i] * alpha if x[i] > 0 else x[i]
        out[i] += 0 * x[i + 1]


@kernel(writes=("out",), elementwise=True)
def rounded_elsewise_in_the_tail(x: Flat, alpha: Scalar, out: Flat) -> None:
    whole = x.size - x.size % 4
    for i in range(x.size):
        right = x[i] * x[i] * alpha if i < whole else x[i] * (x[i] * alpha)
        out[i] = right if x[i] > 0 else x[i]


@kernel(writes=("out",), elementwise=True)
def the_first_of_a_part_is_taken_twice(x: Flat, alpha: Scalar, out: Flat) -> None:
    for i in range(x.size):
        twice = 2.0 if i == 0 and x.size > 1000 else 1.0
        out[i] = twice * x[i] * x[i] * alpha if x[i] > 0 else twice * x[i]


@kernel(writes=("grad_x",))
def without_alpha(grad: Flat, x: Flat, alpha: Scalar, grad_x: Flat) -> None:
    for i in range(x.size):
        grad_x[i] = grad[i] * 2 * x[i] if x[i] > 0 else grad[i]


@kernel(writes=("grad_x",))
def wrong_at_the_kink(grad: Flat, x: Flat, alpha: Scalar, grad_x: Flat) -> None:
    for i in range(x.size):
        right = grad[i] * 2 * x[i] * alpha if x[i] > 0 else grad[i]
        grad_x[i] = -grad[i] if x[i] == 0 else right


def numbers(draw):
    alpha = draw.number(0.5, 2.0, 1.0)
    x = draw.tensor(draw.shape(), -5.0, 5.0, 0.0, math.inf, math.nan, kinks=[0.0])
    return [x, alpha]


def operation(definition, compute, gradient, kind=Fused, sample=numbers):
    made = kind("Bent", definition, compute, gradient, tensors=["x"], saves=["x"], sample=sample)
    registry.pop(made.name)  # the tests of the registry are about the library's own
    return made


def with_kernels(forward=forward, backward=backward, **options):
    def compute(x, alpha):
        out = empty(x.shape, x.dtype)
        launch(forward, x, alpha, out)
        return out, ()

    def gradient(needs, grad, saved, alpha):
        grad_x = empty(grad.shape, grad.dtype)
        launch(backward, grad, saved[0], alpha, grad_x)
        return (grad_x,)

    return operation(bent, compute, gradient, **options)


def outside_of_the_door():
    def compute(x, alpha):
        return np.where(x > 0, x * x * x.dtype.type(alpha), x), ()

    def gradient(needs, grad, saved, alpha):
        grad_x = empty(grad.shape, grad.dtype)
        launch(backward, grad, saved[0], alpha, grad_x)
        return (grad_x,)

    return operation(bent, compute, gradient)


class InTheOrderOfMemory(Fused):
    """Forgets that operands may have strides."""

    def __call__(self, x, alpha):
        plain = x.array.ravel("K").reshape(x.shape)
        alias = x.clone() * 1 if x.array.flags.c_contiguous else tensor_of(plain)
        return super().__call__(alias if x.array.flags.c_contiguous else alias + 0 * x, alpha)


def centred(x, alpha):
    """Each row without its mean."""
    return (x - x.mean(1, keepdim=True)) * alpha


@kernel(writes=("out",))
def without_the_column_mean(x: Matrix, alpha: Scalar, out: Matrix) -> None:
    N, C = x.shape
    for c in range(C):
        total = 0.0
        for n in range(N):
            total += x[n, c]
        for n in range(N):
            out[n, c] = (x[n, c] - total / N) * alpha


def with_statistics_of_the_wrong_axis():
    def compute(x, alpha):
        out = empty(x.shape, x.dtype)
        launch(without_the_column_mean, x, alpha, out)
        return out, ()

    def gradient(needs, grad, saved, alpha):
        return compute(grad, alpha)[:1]

    def square(draw):
        N = draw.size("rows", 1)
        return [draw.tensor((N, N), -5.0, 5.0), draw.number(0.5, 2.0)]

    return operation(centred, compute, gradient, sample=square)


def it_is_even(case):
    np.testing.assert_array_equal(case.out(x=-case.array("x")), case.out())


def declared_even(draw):
    return Sample(numbers(draw), relations=[it_is_even])


NOT_HERE = ("bounds", "relations")  # another process cannot import it; none are declared

FAULTS = {
    "tail": (lambda: with_kernels(wrong_in_the_tail), "definition"),
    "unwritten": (lambda: with_kernels(the_last_is_not_written), "poison"),
    "writes beyond": (lambda: with_kernels(one_more_is_written), "margins"),
    "reads beyond": (lambda: with_kernels(one_more_is_read), "margins"),
    "another rounding": (lambda: with_kernels(rounded_elsewise_in_the_tail), "position"),
    "parts": (lambda: with_kernels(the_first_of_a_part_is_taken_twice), "threads"),
    "one attribute": (lambda: with_kernels(backward=without_alpha), "differences"),
    "kink": (lambda: with_kernels(backward=wrong_at_the_kink), "differences"),
    "one layout": (lambda: with_kernels(kind=InTheOrderOfMemory), "layouts"),
    "outside of the door": (outside_of_the_door, "recorded"),
    "wrong axis": (with_statistics_of_the_wrong_axis, "definition"),
    "no relation": (lambda: with_kernels(sample=declared_even), "relations"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_by_the_duty_that_it_offends(fault):
    make, duty = FAULTS[fault]
    with pytest.raises(OperationError) as caught:
        check_operation(make(), only=duty, examples=200, seed=0)
    assert caught.value.duty == duty


def test_what_is_right_passes_all_duties():
    result = check_operation(with_kernels(), examples=30)
    assert result, result
    assert list(result.examples) == list(DUTIES)
    others = {"definition": 60, "second_differences": 10, "position": 15, "threads": 1}
    others |= {"recorded": 10, **dict.fromkeys(NOT_HERE, 0)}
    assert result.examples == {name: others.get(name, 30) for name in DUTIES}


def test_the_smallest_example_is_told():
    with pytest.raises(OperationError) as caught:
        check_operation(with_kernels(the_last_is_not_written), only="poison", examples=200)
    text = str(caught.value)
    assert "poison: it does not hold that every element of the results is written" in text
    assert "out has an element that no kernel writes at (2,)" in text
    assert "(torch.tensor([0.0, 0.0, 0.0], requires_grad=True), 1.0)" in text


def test_after_a_write_beside_an_operand_nothing_else_is_run():
    result = check_operation(with_kernels(one_more_is_written), examples=50, raise_exception=False)
    assert not result and list(result.examples) == ["bounds", "margins"]
    assert "margins             failed" in repr(result)


def test_what_is_not_understood_is_named():
    with pytest.raises(TypeError, match=r"must be what Fused\(...\) gave, got <function relu"):
        check_operation(relu)
    with pytest.raises(ValueError, match="there is no duty 'speed'; there are bounds, margins, "):
        check_operation(relu_operation, only="speed")
    with pytest.raises(ValueError, match="examples must be 1 or more, got 0"):
        check_operation(relu_operation, examples=0)
    with pytest.raises(ValueError, match="does not say what it can be given; expected Fused"):
        check_operation(with_kernels(sample=None))


OUTSIDE = """
from numba import carray
from minigrad.fused import Fused
from minigrad.kernels.kernel import Flat, kernel
from minigrad.kernels.native import as_pointer
from minigrad.launch import empty, launch

@kernel(writes=("out",))
def forward(x: Flat, out: Flat) -> None:
    if out.size:
        INSERTED
    for i in range(x.size):
        out[i] = -x[i]

def definition(x):
    return -x

def compute(x):
    out = empty(x.shape, x.dtype)
    launch(forward, x, out)
    return out, ()

def gradient(needs, grad, saved):
    return compute(grad)[:1]

def sample(draw):
    return [draw.tensor(draw.shape(), -5.0, 5.0)]

fused = Fused("Neg", definition, compute, gradient, ["x"], [], sample=sample)
"""
INDEX = "out[0] = x[x.size]"
POINTER = "out[0] = carray(as_pointer(x.ctypes.data), (x.size + 1,), x.dtype)[x.size]"
READ = "x[0] = 3.0"
BEFORE = "out[0] = carray(as_pointer(x.ctypes.data - 8), (x.size + 1,), x.dtype)[0]"


@pytest.mark.parametrize(
    ("name", "inserted", "told"),
    [
        ("by_index", INDEX, "IndexError: index is out of bounds, in a kernel of by_index"),
        ("by_pointer", POINTER, "a kernel reads or writes a protected page: SIGSEGV"),
        ("of_what_it_reads", READ, "writes to x, which it only reads, in a kernel of of_what_it_"),
        ("before", BEFORE, "a kernel reads or writes a protected page: SIGSEGV"),
    ],
)
def test_a_kernel_that_leaves_its_operand_is_found_in_a_process_of_its_own(
    name, inserted, told, tmp_path, monkeypatch
):
    (tmp_path / f"{name}.py").write_text(OUTSIDE.replace("INSERTED", inserted))
    monkeypatch.syspath_prepend(tmp_path)
    operation = importlib.import_module(name).fused
    with pytest.raises(OperationError) as caught:
        check_operation(operation, only="bounds", examples=4)
    registry.pop(name)
    assert told in str(caught.value)
    assert f"\n    {name}(" in str(caught.value)
